import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { manualPage } from '../../src/cli/manual.ts';

it('the manual page stands in man/kizashi.1 (npm run docs writes it) and holds nothing that roff would take for a command', () => {
  const page = manualPage();
  expect(readFileSync(join(import.meta.dirname, '../../man/kizashi.1'), 'utf8')).toBe(page);
  const requests = new Set(page.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? []));
  expect([...requests].sort()).toEqual(['B', 'RE', 'RS', 'SH', 'TH', 'TP']);
  expect(page.replaceAll(/\\(?:-|e|&|\[u[0-9A-F]{4,6}\])/g, '')).not.toMatch(/\\|[^\p{ASCII}]/u);
});
