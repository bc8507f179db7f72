/** The table of commands as a completion script: bash, zsh, fish. Everything in it is our own text. */
import { type Lang, t } from '../text/messages/index.ts';
import type { CommandSpec, OptionSpec } from './command-spec.ts';

export interface Completed {
  readonly commands: readonly CommandSpec[];
  readonly globals: readonly OptionSpec[];
  /** What `--signal` can be: the policy knows, the table does not. */
  readonly signals: readonly string[];
  /** What `--template` can be, by command. */
  readonly templates: Readonly<Record<string, readonly string[]>>;
  readonly lang: Lang;
}

export type Shell = 'bash' | 'zsh' | 'fish';

interface Flag {
  /** `--tier` */
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly values: readonly string[] | 'file' | 'folder';
}

interface Offer {
  readonly name: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly takesFile: boolean;
  readonly flags: readonly Flag[];
}

interface Script {
  readonly offers: readonly Offer[];
  readonly globals: readonly Flag[];
}

/** Ends with a line break. A shell that reads it defines one function, or for fish a list of rules, and nothing else. */
export function completionScript(shell: Shell, completed: Completed): string {
  const flag = ({ flags, summary, values }: OptionSpec, command = ''): Flag => {
    const [name = '', value] = flags.split(' ');
    const templates = name === '--template' ? completed.templates[command] : undefined;
    const known = name === '--signal' ? completed.signals : (templates ?? values ?? []);
    return { name, summary: t(completed.lang, summary), takesValue: value !== undefined, values: known };
  };
  const script: Script = {
    globals: completed.globals.map((one) => flag(one)),
    offers: completed.commands.map(({ name, summary, words = [], args = '', options = [] }) => ({
      name,
      summary: t(completed.lang, summary),
      words,
      takesFile: args.includes('<file>'),
      flags: options.map((one) => flag(one, name)),
    })),
  };
  return { bash, zsh, fish }[shell](script);
}

/** Where the command stands, past options that take a value: the same walk in bash and zsh. */
const skipped = ({ globals }: Script): string => globals.flatMap(({ name, takesValue }) => (takesValue ? [name] : [])).join('|');

/** `case` arms for the options with a value, as `COMMAND OPTION`, a global one under any command; nothing is offered for a free one. */
function valueArms({ offers, globals }: Script, offer: (flag: Flag) => string): string {
  const patterns = [
    ...globals.map((flag) => ({ pattern: `*' ${flag.name}'`, flag })),
    ...offers.flatMap(({ name, flags }) => flags.map((flag) => ({ pattern: `'${name} ${flag.name}'`, flag }))),
  ].filter(({ flag }) => flag.takesValue);
  const free = patterns.filter(({ flag }) => flag.values.length === 0).map(({ pattern }) => pattern);
  return [
    ...patterns.filter(({ flag }) => flag.values.length > 0).map(({ pattern, flag }) => `    ${pattern}) ${offer(flag)}; return ;;`),
    `    ${free.join('|')}) return ;;`,
  ].join('\n');
}

/** As macOS still has it, bash 3.2 knows no `mapfile`; a path may hold blanks. */
const paths = (kind: 'f' | 'd'): string => `local IFS=$'\\n'; COMPREPLY=($(compgen -${kind} -- "$cur"))`;

function bash(script: Script): string {
  const { offers, globals } = script;
  const values = ({ values: known }: Flag): string => {
    if (known === 'file') return paths('f');
    if (known === 'folder') return paths('d');
    return `COMPREPLY=($(compgen -W '${known.join(' ')}' -- "$cur"))`;
  };
  const names = (flags: readonly Flag[]): string => flags.map(({ name }) => name).join(' ');
  return `# bash completion of kizashi: eval "$(kizashi completion bash)"
_kizashi() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= words= options= i=1
  while (( i < COMP_CWORD )); do
    case \${COMP_WORDS[i]} in
      ${skipped(script)}) (( i += 2 )) ;;
      -*) (( i += 1 )) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $prev" in
${valueArms(script, values)}
  esac
  case $command in
    '') words='${offers.map(({ name }) => name).join(' ')}' ;;
${offers.map(({ name, words, flags }) => `    ${name}) words='${words.join(' ')}'; options='${names(flags)}' ;;`).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options ${names(globals)} --help" -- "$cur"))
  elif [[ -z $command ]] || (( COMP_CWORD == i + 1 )); then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
${offers
  .filter(({ takesFile }) => takesFile)
  .map(({ name }) => `  if [[ $command == ${name} && $cur != -* ]] && (( COMP_CWORD > i + 1 )); then ${paths('f')}; fi\n`)
  .join('')}}
complete -F _kizashi kizashi
`;
}

function zsh(script: Script): string {
  const { offers, globals } = script;
  const values = ({ values: known }: Flag): string => {
    if (known === 'file') return '_files';
    if (known === 'folder') return '_files -/';
    return `compadd -- ${known.join(' ')}`;
  };
  const described = (pairs: readonly { readonly name: string; readonly summary: string }[]): string =>
    pairs.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(':', '\\:')}`)).join(' ');
  return `#compdef kizashi
# zsh completion of kizashi: source <(kizashi completion zsh), or keep it as _kizashi in a folder of $fpath
_kizashi() {
  local command= i=2
  local -a offered
  while (( i < CURRENT )); do
    case $words[i] in
      (${skipped(script)}) (( i += 2 )) ;;
      (-*) (( i += 1 )) ;;
      (*) command=$words[i]; break ;;
    esac
  done
  case "$command $words[CURRENT-1]" in
${valueArms(script, values)}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    offered=(${described(globals)})
    case $command in
${offers
  .filter(({ flags }) => flags.length > 0)
  .map(({ name, flags }) => `      (${name}) offered+=(${described(flags)}) ;;`)
  .join('\n')}
    esac
    _describe -o option offered
  elif [[ -z $command ]]; then
    offered=(${described(offers)})
    _describe command offered
  elif (( CURRENT == i + 1 )); then
    case $command in
${offers
  .filter(({ words }) => words.length > 0)
  .map(({ name, words }) => `      (${name}) compadd -- ${words.join(' ')} ;;`)
  .join('\n')}
    esac
${offers
  .filter(({ takesFile }) => takesFile)
  .map(({ name }) => `  elif [[ $command == ${name} ]]; then\n    _files\n`)
  .join('')}  fi
}
if [[ $funcstack[1] == _kizashi ]]; then _kizashi "$@"; else compdef _kizashi kizashi; fi
`;
}

function fish({ offers, globals }: Script): string {
  const rule = (condition: string, rest: string): string =>
    `complete -c kizashi${condition === '' ? '' : ` -n ${quoted(condition)}`} ${rest}`;
  const flagRule = (condition: string, { name, summary, takesValue, values }: Flag): string => {
    const given = Array.isArray(values)
      ? values.length > 0
        ? ` -x -a ${quoted(values.join(' '))}`
        : ' -x'
      : values === 'folder'
        ? " -x -a '(__fish_complete_directories)'"
        : ' -r -F';
    return rule(condition, `-l ${name.slice(2)}${takesValue ? given : ''} -d ${quoted(summary)}`);
  };
  const none = '__fish_use_subcommand';
  return `${[
    '# fish completion of kizashi: kizashi completion fish | source',
    'complete -c kizashi -f',
    ...globals.map((one) => flagRule('', one)),
    ...offers.flatMap(({ name, summary, words, takesFile, flags }) => {
      const seen = `__fish_seen_subcommand_from ${name}`;
      const noWord = `${seen}; and not __fish_seen_subcommand_from ${words.join(' ')}`;
      return [
        rule(none, `-a ${name} -d ${quoted(summary)}`),
        ...(words.length > 0 ? [rule(noWord, `-a ${quoted(words.join(' '))}`)] : []),
        ...(takesFile ? [rule(seen, '-F')] : []),
        ...flags.map((one) => flagRule(seen, one)),
      ];
    }),
  ].join('\n')}\n`;
}

/** In single quotes for zsh and fish alike: a quote of the text itself ends them, stands alone, and opens them again. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
