/** Prints what makes a shell complete kizashi's command lines. */
import { TEMPLATE_KINDS } from '../../policy.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { CommandSpec, OptionSpec } from '../command-spec.ts';
import { completionScript, type Shell } from '../completion.ts';
import type { Run } from '../context.ts';
import { CommandError, EXIT } from '../exit.ts';

const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** The tables come from outside: they name this file. Throws `CommandError` (usage) for a shell that is none of these. */
export const completion =
  (commands: readonly CommandSpec[], globals: readonly OptionSpec[]): Run =>
  async ({ lang, stdout }, { args: [word = ''] }) => {
    const shell = SHELLS.find((one) => one === word);
    if (shell === undefined) {
      throw new CommandError(EXIT.usage, t(lang, 'cli.error.bad_action', { value: clean(word), allowed: SHELLS.join(', ') }));
    }
    const { DEFAULT_POLICY } = await import('../../scoring/policy-default.ts');
    const signals = DEFAULT_POLICY.signals.map(({ id }) => id);
    const { TEMPLATES } = await import('../../plays/templates.ts');
    const templates = Object.fromEntries(
      TEMPLATE_KINDS.map((kind) => [kind, TEMPLATES.filter((one) => one.kind === kind).map(({ id }) => id)]),
    );
    stdout.write(completionScript(shell, { commands, globals, signals, templates, lang }));
    return EXIT.done;
  };
