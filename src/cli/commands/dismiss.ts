/** Takes a signal out of one account's score, with the reason. */
import { DISMISS_REASONS, type DismissReason } from '../../book/snoozing.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { signalNamed } from '../known-filter.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay } from '../submit.ts';

export const run: Run = (context, invocation) => {
  const reason = flag(invocation, 'restore') ? null : reasonOption(context, invocation);
  return withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const signal = invocation.args[1] ?? '';
    const rule = signalNamed(context, desk.inForce.policy.signals, signal);
    const was = await desk.dismiss(account.id, signal, reason);
    if (context.json) writeJson(context, { account: account.id, signal, dismissed: reason !== null, because: reason });
    else {
      const shown = { name: clean(account.name), signal: clean(rule.label[context.lang]) };
      const key = reason !== null ? 'quiet.dismissed' : was ? 'quiet.restored' : 'quiet.was_counting';
      context.stdout.write(`${t(context.lang, key, shown)}\n`);
    }
    return EXIT.done;
  });
};

function reasonOption(context: Context, invocation: Invocation): DismissReason {
  const text = option(invocation, 'because') ?? '';
  const found = DISMISS_REASONS.find((one) => one === text);
  if (found) return found;
  throw new CommandError(
    EXIT.usage,
    t(context.lang, 'cli.error.not_among', { option: '--because', value: clean(text), allowed: DISMISS_REASONS.join(', ') }),
  );
}
