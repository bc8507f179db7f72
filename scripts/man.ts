/** Writes man/kizashi.1 from the tables of commands, options and exit codes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualPage } from '../src/cli/manual.ts';

const folder = join(import.meta.dirname, '../man');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'kizashi.1'), manualPage());
