/** Writes docs/keys.md and docs/ja/keys.md from the action records. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysMarkdown } from '../src/app/keys-page.ts';

const docs = join(import.meta.dirname, '../docs');
writeFileSync(join(docs, 'keys.md'), keysMarkdown('en'));
writeFileSync(join(docs, 'ja/keys.md'), keysMarkdown('ja'));
