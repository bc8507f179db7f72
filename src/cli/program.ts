/** argv → the command's own function, with global options checked and errors told in the user's language. */
import { Command, CommanderError, Option } from 'commander';
import { resolvePaths } from '../settings/paths.ts';
import { DEFAULT_PERSONAL, type Personal, readPersonal } from '../settings/settings.ts';
import { clean, cleanLine } from '../text/clean.ts';
import { chooseLang, parseLang } from '../text/lang.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { type Day, parseDay } from '../units/day.ts';
import type { CommandSpec } from './command-spec.ts';
import { COMMANDS, GLOBAL_OPTIONS, OPEN_APP } from './commands.ts';
import type { Context, Invocation, Streams } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { writeJson } from './print.ts';

declare const __VERSION__: string;

export interface ProgramInput extends Streams {
  readonly env: NodeJS.ProcessEnv;
  readonly worker: URL;
  readonly signal: AbortSignal;
}

export async function runProgram(argv: readonly string[], input: ProgramInput): Promise<number> {
  const personal = personalOf(argv, input.env);
  const lang = langOf(argv, input.env, personal);
  let chosen: { readonly load: CommandSpec['load']; readonly invocation: Invocation } | undefined;
  const program = buildProgram(commandsFor(argv), lang, input, (load, invocation) => {
    chosen = { load, invocation };
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    if (!chosen) return EXIT.done;
    const made = makeContext(program.opts(), lang, input);
    const isDrawn = made.stdout.isTTY === true && !made.json;
    const context = isDrawn ? (await import('./drawn.ts')).drawnFor(made, personal ?? DEFAULT_PERSONAL) : made;
    const { run } = await chosen.load();
    return await run(context, chosen.invocation);
  } catch (error) {
    return await report(error, lang, input, argv.includes('--json'));
  }
}

function langOf(argv: readonly string[], env: NodeJS.ProcessEnv, personal: Personal | null): Lang {
  return parseLang(wordAfter(argv, '--lang') ?? '') ?? chooseLang({ setting: personal && parseLang(personal.lang), env });
}

/** What to tell when standard output did not take what was written. */
export function brokenOutputText(argv: readonly string[], env: NodeJS.ProcessEnv, { code, message }: NodeJS.ErrnoException): string {
  return t(langOf(argv, env, personalOf(argv, env)), 'cli.error.output', { because: cleanLine(code ?? message) });
}

/** Setting up every command takes longer than most of them: those that no word of `argv` names are only there for the help. */
function commandsFor(argv: readonly string[]): readonly CommandSpec[] {
  return argv.includes('--help') || argv.includes('-h') ? COMMANDS : COMMANDS.filter(({ name }) => argv.includes(name));
}

function buildProgram(
  commands: readonly CommandSpec[],
  lang: Lang,
  input: ProgramInput,
  choose: (load: CommandSpec['load'], invocation: Invocation) => void,
): Command {
  const program = new Command('kizashi');
  program
    .description(t(lang, 'cli.about'))
    .version(__VERSION__, '--version', t(lang, 'cli.option.version'))
    .helpOption('-h, --help', t(lang, 'cli.option.help'))
    .helpCommand(false)
    .exitOverride()
    // A word that is no command comes here.
    .allowExcessArguments(true)
    .configureOutput({
      writeOut: (text) => input.stdout.write(text),
      // Errors are told once, in our own words, by `report`.
      writeErr: () => undefined,
    })
    .action(() => {
      const [word] = program.args;
      if (word !== undefined) throw new CommandError(EXIT.usage, t(lang, 'cli.error.unknown_command', { value: clean(word) }));
      choose(OPEN_APP, { args: [], options: {} });
    });
  for (const { flags, summary } of GLOBAL_OPTIONS) program.option(flags, t(lang, summary));
  for (const spec of commands) program.addCommand(subcommand(spec, lang, choose));
  return program;
}

function subcommand(spec: CommandSpec, lang: Lang, choose: (load: CommandSpec['load'], invocation: Invocation) => void): Command {
  const command = new Command(spec.name);
  command.description(t(lang, spec.summary)).exitOverride().allowExcessArguments(false);
  command.helpOption('-h, --help', t(lang, 'cli.option.help'));
  command.configureOutput({ writeErr: () => undefined });
  for (const argument of spec.args?.split(' ') ?? []) command.argument(argument);
  for (const one of spec.options ?? []) {
    const option = new Option(one.flags, t(lang, one.summary));
    if (one.repeat) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
    command.addOption(option);
  }
  command.action(() => choose(spec.load, { args: command.args, options: command.opts() }));
  return command;
}

const FLAG_OF: Readonly<Record<string, string>> = { asOf: '--as-of', lang: '--lang', home: '--home', profile: '--profile' };

function makeContext(globals: Record<string, unknown>, lang: Lang, input: ProgramInput): Context {
  const text = (name: string, variable?: string): string | null => {
    const given = globals[name];
    // `--home "$FOLDER"` of a variable that is not set must not work somewhere else.
    if (given === '') throw new CommandError(EXIT.usage, t(lang, 'cli.error.option_missing_argument', { value: FLAG_OF[name] ?? name }));
    const value = given ?? (variable ? input.env[variable] : undefined);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const asOfText = text('asOf', 'KIZASHI_AS_OF');
  const asOf: Day | null = asOfText === null ? null : parseDay(asOfText);
  if (asOfText !== null && asOf === null) throw new CommandError(EXIT.usage, t(lang, 'cli.error.bad_date', { value: clean(asOfText) }));
  const wanted = text('lang');
  if (wanted !== null && wanted !== 'en' && wanted !== 'ja')
    throw new CommandError(EXIT.usage, t(lang, 'cli.error.bad_lang', { value: clean(wanted) }));
  return {
    stdin: input.stdin,
    stdout: input.stdout,
    stderr: input.stderr,
    env: input.env,
    signal: input.signal,
    worker: input.worker,
    lang,
    home: text('home', 'KIZASHI_HOME'),
    profile: text('profile', 'KIZASHI_PROFILE') ?? 'default',
    demo: globals.demo === true,
    asOf,
    offline: globals.offline === true,
    json: globals.json === true,
    sentences: false,
    links: false,
    verbose: globals.verbose === true || input.env.KIZASHI_LOG === 'debug',
  };
}

/**
 * What the settings say of language and looks, which must be known before anything is told: they are looked for by hand. Null
 * where they cannot be read, which the command itself will tell.
 */
function personalOf(argv: readonly string[], env: NodeJS.ProcessEnv): Personal | null {
  const home = wordAfter(argv, '--home') || env.KIZASHI_HOME || undefined;
  const paths = resolvePaths({ home });
  const personal = paths.ok ? readPersonal(paths.value.personalFile) : null;
  return personal?.ok ? personal.value : null;
}

function wordAfter(argv: readonly string[], flag: string): string | undefined {
  const index = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  return index < 0 ? undefined : argv[index]?.includes('=') ? argv[index].slice(flag.length + 1) : argv[index + 1];
}

const COMMANDER_MESSAGES: Readonly<Record<string, MessageKey>> = {
  'commander.unknownOption': 'cli.error.unknown_option',
  'commander.excessArguments': 'cli.error.excess_arguments',
  'commander.missingArgument': 'cli.error.missing_argument',
  'commander.optionMissingArgument': 'cli.error.option_missing_argument',
};

async function report(error: unknown, lang: Lang, input: ProgramInput, json: boolean): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  if (input.signal.aborted) return EXIT.interrupted;
  const { errorJson, explain } = await import('./explain.ts');
  const { code, id, message } = explain(error instanceof CommanderError ? usageError(error, lang) : error, lang);
  input.stderr.write(`kizashi: ${message}\n`);
  if (json) writeJson(input, errorJson({ id, message }));
  return code;
}

function usageError(error: CommanderError, lang: Lang): CommandError {
  const value = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  return new CommandError(EXIT.usage, t(lang, COMMANDER_MESSAGES[error.code] ?? 'cli.error.usage', { value: clean(value) }));
}
