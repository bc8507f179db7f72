/** The manual page, in English: `man kizashi`. Made by `npm run docs`; the program itself does not need it. */
import { type MessageKey, t } from '../text/messages/index.ts';
import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { COMMANDS, GLOBAL_OPTIONS } from './commands.ts';
import { EXIT } from './exit.ts';

const VARIABLES: readonly (readonly [string, MessageKey])[] = [
  ['HUBSPOT_ACCESS_TOKEN', 'shell.manual.variable.token'],
  ['KIZASHI_API_URL', 'shell.manual.variable.url'],
  ['KIZASHI_HOME, KIZASHI_PROFILE, KIZASHI_AS_OF', 'shell.manual.variable.options'],
  ['KIZASHI_LOG=debug', 'shell.manual.variable.log'],
  ['LC_ALL, LC_MESSAGES, LANG', 'shell.manual.variable.lang'],
  ['NO_COLOR, VISUAL, EDITOR, BROWSER, PAGER', 'shell.manual.variable.usual'],
];

const say = (key: MessageKey): string => t('en', key);

/** In roff a backslash begins a command, and so does a dot or a quote at the start of a line; beyond ASCII a sign is named by its number. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/[^\p{ASCII}]/gu, (sign) => `\\[u${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(/^(?=[.'])/gm, '\\&');

const entry = (term: string, text: string): string => `.TP\n.B ${roff(term)}\n${roff(text)}`;
const option = ({ flags, summary }: OptionSpec): string => entry(flags, say(summary));

function command({ name, args = '', words = [], summary, options = [] }: CommandSpec): string {
  const usage = words.length > 0 ? [words.join('|'), ...args.split(' ').slice(1)].join(' ') : args;
  const own = options.length > 0 ? ['.RS', ...options.map(option), '.RE'] : [];
  return [entry(`${name} ${usage}`.trimEnd(), say(summary)), ...own].join('\n');
}

/** Ends with a line break; the same tables always give the same bytes. */
export function manualPage(): string {
  return `${[
    '.TH KIZASHI 1',
    '.SH NAME',
    `kizashi \\- ${roff(say('cli.about'))}`,
    '.SH SYNOPSIS',
    '.B kizashi',
    roff('[global options] [command]'),
    '.SH DESCRIPTION',
    roff(say('shell.manual.description')),
    '.SH GLOBAL OPTIONS',
    ...GLOBAL_OPTIONS.map(option),
    '.SH COMMANDS',
    ...COMMANDS.map(command),
    '.SH ENVIRONMENT',
    ...VARIABLES.map(([name, key]) => entry(name, say(key))),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT).map(([name, code]) => entry(String(code), say(`shell.manual.exit.${name as keyof typeof EXIT}`))),
  ].join('\n')}\n`;
}
