/** What the pages say of commands, options, codes, keys, signals and files is what the program has. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/cli/commands.ts';
import { EXIT } from '../../src/cli/exit.ts';
import { INPUTS } from '../../src/scoring/inputs/index.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { MAPPING_KEYS } from '../../src/settings/mapping.ts';
import { SCOPES } from '../../src/workspace/access.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const READMES = ['README.md', 'README.ja.md'];
const NAMES = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const PAGES = [...READMES, ...NAMES.flatMap((name) => [`docs/${name}`, `docs/ja/${name}`])];
const SOURCE = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => read(join('src', name)))
  .join('\n');

const all = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

/** Rows of the first table under the heading or after the line that has `title` in its first cell. */
function table(text: string, title: RegExp): string[][] {
  const lines = text.split('\n');
  const cells = (line: string): string[] =>
    line
      .replaceAll('\\|', '\u0000')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('\u0000', '|').trim());
  const head = lines.findIndex((line) => line.startsWith('|') && title.test(cells(line)[0] ?? ''));
  const rows: string[][] = [];
  for (const line of lines.slice(head + 2)) {
    if (head < 0 || !line.startsWith('|')) break;
    rows.push(cells(line));
  }
  return rows;
}

/** Words in code marks. */
const code = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

const globalOptions = sorted(GLOBAL_OPTIONS.map(({ flags }) => flags.split(' ')[0] ?? ''));
const commandOptions = COMMANDS.flatMap(({ options = [] }) => options.map(({ flags }) => flags.split(' ')[0] ?? ''));
/** Of other programs, in command lines that the pages show. */
const FOREIGN_OPTIONS = [
  ...['--global', '--input-type'],
  // Of systemctl, journalctl, jq and curl.
  ...['--user', '--now', '--unit', '--raw-input', '--raw-output', '--slurp'],
  ...['--silent', '--show-error', '--fail', '--config', '--header', '--data-binary'],
];

const globalWithValue = new Set(GLOBAL_OPTIONS.flatMap(({ flags }) => (flags.includes('<') ? [flags.split(' ')[0] ?? ''] : [])));

/** What stands behind `kizashi` on the lines of code blocks, up to a pipe or a redirection; quoted words are one. */
const shownLines = (text: string): string[] =>
  [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    // The header of a screen names the program too.
    .filter((line) => !line.startsWith(' 兆 '))
    .flatMap((line) => [
      ...line
        .replaceAll(/(["'])(?:(?!\1).)*\1/g, (quoted) => (/kizashi$/.test(quoted.slice(0, -1)) ? 'kizashi' : 'Q'))
        .matchAll(/(?:^|[\s(/])kizashi +([^|><;&#)]+)/g),
    ])
    .map(([, rest = '']) => rest.trim());

it('finds the command lines that the pages show', () => {
  expect(PAGES.flatMap((page) => shownLines(read(page))).length).toBeGreaterThan(50);
});

describe.each(['docs/commands.md', 'docs/ja/commands.md'])('%s', (page) => {
  const text = read(page);

  it('names every command, and no other', () => {
    const named = table(text, /^(?:command|コマンド)$/).flatMap(([cell = '']) => code(cell).map((word) => word.split(' ')[0] ?? ''));
    expect(sorted(named)).toEqual(sorted(COMMANDS.map(({ name }) => name)));
  });

  it('names every global option, and no other', () => {
    const named = table(text, /^(?:global option|共通オプション)$/).flatMap(([cell = '']) =>
      code(cell).map((word) => word.split(' ')[0] ?? ''),
    );
    expect(globalOptions.length).toBeGreaterThan(5);
    expect(sorted(named)).toEqual(globalOptions);
  });

  it('names every exit code, and no other', () => {
    const named = table(text, /^(?:exit code|終了コード)$/).map(([cell = '']) => Number(cell));
    expect(named).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });
});

it.each([...READMES, 'docs/hubspot.md', 'docs/ja/hubspot.md'])('%s names the scopes that init asks for', (page) => {
  const text = read(page);
  expect(SCOPES.length).toBeGreaterThan(5);
  expect(SCOPES.filter((scope) => !text.includes(`\`${scope}\``))).toEqual([]);
});

it.each(READMES)('%s names only commands that there are', (page) => {
  const named = table(read(page), /^(?:command|コマンド)$/).flatMap(([cell = '']) => code(cell).map((word) => word.split(' ')[0] ?? ''));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !COMMANDS.some((command) => command.name === name))).toEqual([]);
});

it('both READMEs have the same code, keys and links', () => {
  const [english = '', japanese = ''] = READMES.map(read);
  const links = (text: string): string[] => all(text, /\]\((docs\/[^)#]+)(?:#[^)]*)?\)/g);
  // Pages and pictures are in the language of the page.
  expect(sorted(links(japanese).map((link) => link.replace('.ja.svg', '.svg').replace('docs/ja/', 'docs/')))).toEqual(links(english));
  const keys = (text: string, title: RegExp): string[] => table(text, title).flatMap((row) => row.flatMap(code));
  expect(keys(japanese, /^キー$/)).toEqual(keys(english, /^key$/));
});

describe.each(NAMES)('docs/ja/%s', (name) => {
  const english = read(`docs/${name}`);
  const japanese = read(`docs/ja/${name}`);
  /** Blocks are the same but for comments and what is drawn or printed for people. */
  const blocks = (text: string): string[] =>
    [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([, lang = '', block = '']) =>
      ['text', 'mermaid'].includes(lang) ? lang : block.replace(/ *# .*$/gm, ''),
    );
  const prose = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  const rows = (text: string): number => text.split('\n').filter((line) => line.startsWith('|')).length;

  it('has the headings, blocks, rows and links of the English page', () => {
    const levels = (text: string): string[] => [...prose(text).matchAll(/^(#+) /gm)].map((match) => match[1] ?? '');
    const links = (text: string): string[] => all(text, /\]\(([^)#]+)(?:#[^)]*)?\)/g).map((link) => link.replace(/^\.\.\//, ''));
    expect(levels(japanese)).toEqual(levels(english));
    expect(blocks(japanese)).toEqual(blocks(english));
    expect(rows(japanese)).toBe(rows(english));
    expect(links(japanese)).toEqual(links(english).map((link) => link.replace(/^\.\.\//, '')));
  });

  it('names the same commands, keys, options and files', () => {
    // In brackets stands what a text shows to people: in their language.
    const named = (text: string): string[] => sorted(code(prose(text))).filter((word) => !word.startsWith('['));
    expect(named(japanese)).toEqual(named(english));
  });
});

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('names only options and variables that the program knows', () => {
    const known = new Set([...globalOptions, ...commandOptions, ...FOREIGN_OPTIONS, '--help', '--version']);
    expect(all(text, /(?<![\w-])(--[a-z][a-z-]*)/g).filter((option) => !known.has(option))).toEqual([]);
    expect(all(text, /\b((?:KIZASHI|HUBSPOT)_[A-Z_]+)\b/g).filter((name) => !SOURCE.includes(name))).toEqual([]);
  });

  it('shows command lines that the program takes', () => {
    const words = new Map(COMMANDS.map(({ name, words: own = [] }) => [name, own]));
    const wrong = shownLines(text).filter((line) => {
      const parts = line.split(/\s+/);
      // Before the command: global options, some with a value.
      let at = 0;
      while (parts[at]?.startsWith('--')) at += globalWithValue.has(parts[at] ?? '') ? 2 : 1;
      const [name, action] = [parts[at] ?? '', parts[at + 1] ?? ''];
      if (name === '') return false;
      const command = COMMANDS.find((one) => one.name === name);
      if (!command) return true;
      const known = new Set([...globalOptions, '--help', ...(command.options ?? []).map(({ flags }) => flags.split(' ')[0] ?? '')]);
      const own = words.get(name) ?? [];
      const isWord = own.length === 0 || !/^[a-z-]+$/.test(action) || own.includes(action) || command.args?.startsWith('<account>');
      return !isWord || parts.slice(at).some((part) => /^--[a-z]/.test(part) && !known.has(part.split('=')[0] ?? ''));
    });
    expect(wrong).toEqual([]);
  });

  it('links to what is there', () => {
    const slugs = (file: string): string[] =>
      [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) =>
        (match[1] ?? '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-'),
      );
    const broken = all(text, /\]\(([^)]+)\)/g).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? join(root, page) : resolve(join(root, dirname(page)), path);
      return !existsSync(file) || (anchor !== undefined && !slugs(file).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const named = all(text, /`((?:src|test|docs|scripts|bench|bin)\/[\w./-]*)`/g);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('knows no machine but the reader’s own, and no host but examples', () => {
    expect(text).not.toMatch(/(?<![\w.~])\/(?:home|Users|root|tmp|mnt|opt|srv|work|workspace)\//);
    expect(text).not.toMatch(/[A-Z]:\\/);
    expect(text.replaceAll('](../../', '](')).not.toMatch(/\.\.\/\.\.|\bTODO\b|\bFIXME\b|registry\./);
    expect(all(text, /https?:\/\/([\w.-]+)/g).filter((host) => host !== '127.0.0.1')).toEqual([]);
    expect(all(text, /[\w.]+@([\w-]+(?:\.[\w-]+)+)/g).filter((domain) => !/(?:^|\.)example(?:\.com)?$/.test(domain))).toEqual([]);
  });
});

describe('docs/hubspot.md', () => {
  it('explains every key of the mapping, and no other', () => {
    const named = table(read('docs/hubspot.md'), /^key$/).flatMap(([cell = '']) => code(cell));
    expect(sorted(named)).toEqual(sorted(MAPPING_KEYS));
  });
});

describe('docs/policy.md', () => {
  const text = read('docs/policy.md');
  const signed = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value)}`;

  it('has the signals of the default policy', () => {
    expect(table(text, /^signal$/)).toEqual(
      DEFAULT_POLICY.signals.map(({ id, label, input, ramp, points, halfLifeDays }) => [
        `\`${id}\``,
        label.en,
        `\`${input}\``,
        `${signed(ramp.from)} → ${signed(ramp.to)}`,
        points > 0 ? `+${points}` : signed(points),
        halfLifeDays === undefined ? '' : String(halfLifeDays),
      ]),
    );
  });

  it('has every input, the caps, the bands and the rates', () => {
    expect(sorted(table(text, /^input$/).flatMap(([cell = '']) => code(cell)))).toEqual(sorted(Object.keys(INPUTS)));
    expect(Object.fromEntries(table(text, /^group$/).map(([group = '', , cap]) => [group, Number(cap)]))).toEqual(DEFAULT_POLICY.groupCaps);
    expect(Object.fromEntries(table(text, /^band$/).map(([band = '', from]) => [band, Number(from)]))).toEqual(DEFAULT_POLICY.bands);
    expect(
      Object.fromEntries(table(text, /^stratum$/).map(([stratum = '', , rate = '']) => [code(stratum)[0], Number.parseFloat(rate) / 100])),
    ).toEqual(DEFAULT_POLICY.probability.baseRates);
  });
});
