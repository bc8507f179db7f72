/** Writes schema/policy.schema.json from the shape that policy files are checked against. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policySchemaText } from '../src/rules/shape.ts';

writeFileSync(join(import.meta.dirname, '../schema/policy.schema.json'), policySchemaText());
