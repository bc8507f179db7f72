import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserCommand, openInBrowser } from '../../src/app/browser.ts';
import { createDrafts } from '../../src/app/drafts.ts';
import { editOutside, editorCommand } from '../../src/app/external-editor.ts';
import { copySequence } from '../../src/app/terminal.ts';

const URL_ = 'https://app.hubspot.com/contacts/123/record/0-2/9001';

describe('the browser', () => {
  it('is asked with an argument array, never a shell', () => {
    expect(browserCommand(URL_, { BROWSER: 'firefox --new-tab' }, 'linux')).toEqual(['firefox', '--new-tab', URL_]);
    expect(browserCommand(URL_, { BROWSER: 'w3m %s -N' }, 'linux')).toEqual(['w3m', URL_, '-N']);
    expect(browserCommand(URL_, {}, 'darwin')).toEqual(['open', URL_]);
    expect(browserCommand(URL_, { DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open', URL_]);
    expect(browserCommand(URL_, {}, 'linux')).toBeNull();
  });

  it('that is not there is said, not thrown', async () => {
    expect(await openInBrowser(URL_, { BROWSER: '/nowhere/browser' }, 'linux')).toBe(false);
    expect(await openInBrowser(URL_, {}, 'linux')).toBe(false);
  });
});

describe('the own editor', () => {
  const script = (body: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'kizashi-test-')), 'editor.mjs');
    writeFileSync(file, `import fs from 'node:fs';\nconst file = process.argv[2];\n${body}`);
    return `${process.execPath} ${file}`;
  };
  const plainly = (run: () => Promise<void>) => run();

  it('prefers VISUAL', () => {
    expect(editorCommand({ VISUAL: 'code --wait', EDITOR: 'vi' })).toEqual(['code', '--wait']);
    expect(editorCommand({ EDITOR: 'vi' })).toEqual(['vi']);
    expect(editorCommand({})).toBeNull();
  });

  it('works on a private file that is gone afterwards', async () => {
    const trace = join(mkdtempSync(join(tmpdir(), 'kizashi-test-')), 'trace');
    const EDITOR = script(
      `fs.writeFileSync(${JSON.stringify(trace)}, file + ' ' + (fs.statSync(file).mode & 0o777).toString(8)); fs.appendFileSync(file, ' and more');`,
    );
    expect(await editOutside('some', { EDITOR }, plainly)).toEqual({ ok: true, text: 'some and more' });
    const [file = '', mode] = readFileSync(trace, 'utf8').split(' ');
    expect(mode).toBe('600');
    expect(existsSync(file)).toBe(false);
  });

  it('that fails changes nothing', async () => {
    expect(await editOutside('some', { EDITOR: script('process.exit(3);') }, plainly)).toEqual({ ok: false, because: 'failed' });
    expect(await editOutside('some', { EDITOR: '/nowhere/editor' }, plainly)).toEqual({ ok: false, because: 'failed' });
    expect(await editOutside('some', {}, plainly)).toEqual({ ok: false, because: 'no-editor' });
  });
});

describe('the clipboard', () => {
  it('is reached through the terminal, inside the envelope of a multiplexer', () => {
    const base64 = Buffer.from('あ').toString('base64');
    expect(copySequence('あ', {})).toBe(`\u001b]52;c;${base64}\u0007`);
    expect(copySequence('あ', { TMUX: '1' })).toBe(`\u001bPtmux;\u001b\u001b]52;c;${base64}\u0007\u001b\\`);
  });
});

describe('drafts', () => {
  it('are written in order, the newest only, and not twice', async () => {
    const written: [string, string | null][] = [];
    const drafts = createDrafts(
      async (key, text) => void written.push([key, text]),
      () => {},
    );
    drafts.keep('a', '1');
    drafts.keep('a', '2');
    drafts.keep('b', '1');
    await drafts.flush();
    drafts.keep('a', '2');
    await drafts.flush();
    drafts.keep('a', null);
    await drafts.flush();
    expect(written).toEqual([
      ['a', '2'],
      ['b', '1'],
      ['a', null],
    ]);
  });

  it('that cannot be written are told, and the next one is tried', async () => {
    const errors: unknown[] = [];
    let full = true;
    const drafts = createDrafts(
      async () => {
        if (full) throw new Error('disk full');
      },
      (error) => errors.push(error),
    );
    drafts.keep('a', '1');
    await drafts.flush();
    full = false;
    drafts.keep('a', '1');
    await drafts.flush();
    expect(errors).toHaveLength(1);
  });
});
