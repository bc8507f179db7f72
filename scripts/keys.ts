/** Writes docs/keys.md from the action records. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysMarkdown } from '../src/app/keys-page.ts';

writeFileSync(join(import.meta.dirname, '../docs/keys.md'), keysMarkdown('en'));
