/** The task by which somebody is asked to look at an account: what they have to know without looking anything up. Pure. */
import type { TaskIntent } from '../plays/intent.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Day } from '../units/day.ts';
import type { BookRow } from './row.ts';

const TOLD_SIGNALS = 3;

export interface EscalationWish {
  readonly ownerId: string;
  readonly due: Day;
  /** In the asker's words; may be empty. */
  readonly because: string;
  readonly lang: Lang;
}

export function escalation(row: BookRow, { ownerId, due, because, lang }: EscalationWish): TaskIntent {
  const firing = row.signals.filter(({ points, dismissed }) => points > 0 && !dismissed).slice(0, TOLD_SIGNALS);
  const lines = [
    because.trim(),
    t(lang, 'acting.escalate.state', { risk: row.risk, band: t(lang, `book.band.${row.band ?? 'unknown'}`) }),
    ...firing.map(({ evidence }) => `- ${evidence[lang]}`),
    row.url,
  ];
  return {
    kind: 'task',
    companyId: row.id,
    subject: t(lang, 'acting.escalate.subject', { name: row.name }),
    body: lines.filter((line) => line !== '').join('\n'),
    due,
    priority: 'HIGH',
    type: 'TODO',
    ownerId,
  };
}
