/** Why an action cannot run now, where several actions need the same. */
import { say } from '../../components/say.ts';
import type { Clean } from '../../text/clean.ts';
import { type Context, subjectRow } from '../context.ts';

export const needsAccount = (context: Context): Clean | null => (subjectRow(context) ? null : say(context.lang, 'app.why.nothingSelected'));

export const needsRows = ({ list, lang }: Context): Clean | null => (list.total === 0 ? say(lang, 'app.why.noAccounts') : null);

/** Writing is for today: a day of the past is looked at, not changed. */
export const needsToday = ({ workspace, lang }: Context): Clean | null =>
  workspace.asOf === workspace.today ? null : say(lang, 'app.why.notToday', { day: workspace.asOf });
