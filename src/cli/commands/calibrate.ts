/** Refits the rules to real churn; refuses where the data cannot carry it. */

import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { runCalibration, type Undone, undoCalibration } from '../../workspace/replays.ts';
import { calibrateJson, calibrateParts, refusalText } from '../calibrate-report.ts';
import { type Context, flag, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk, session) => {
    const apply = flag(invocation, 'apply');
    const undo = flag(invocation, 'undo');
    if (apply && undo) throw new CommandError(EXIT.usage, t(context.lang, 'scoring.calibrate.apply_or_undo'));
    if ((apply || undo) && desk.asOf !== desk.today)
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.as_of_write', { day: desk.asOf, today: desk.today }));
    if (undo) return tellUndone(context, await undoCalibration(session));
    const done = await runCalibration(session, { apply });
    const { refused } = done.calibration;
    const isFailure = apply && refused !== null;
    if (!context.json) context.stdout.write(renderReport(calibrateParts(done, context.lang), 'text'));
    else if (!isFailure) writeJson(context, calibrateJson(done));
    // Who asked for a change and gets none can tell by the code.
    if (isFailure) throw new CommandError(EXIT.failed, refusalText(refused, context.lang), 'refused');
    return EXIT.done;
  });

function tellUndone(context: Context, undone: Undone | null): number {
  if (undone === null) throw new CommandError(EXIT.failed, t(context.lang, 'scoring.calibrate.nothing_to_undo'), 'nothing_to_undo');
  const { file, policyHash } = undone;
  if (context.json) writeJson(context, { undone: true, policy: policyHash, file });
  else context.stdout.write(`${t(context.lang, 'scoring.calibrate.undone', { file: clean(file) })}\n`);
  return EXIT.done;
}
