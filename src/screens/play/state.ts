/** A play that is about to be run, on one account or on many. */
import type { AccountView } from '../../book/account-view.ts';
import { type PlayKit, preparePlay, proposalOf } from '../../book/play-kit.ts';
import type { BookRow } from '../../book/row.ts';
import { FACTS, type FactName } from '../../plays/facts.ts';
import type { Adjustment, Prepared, PreparedStep, Question } from '../../plays/prepare.ts';
import type { Clean } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';

export interface PlayPane {
  readonly rows: readonly BookRow[];
  /** What is known of the accounts beyond their rows, by id; null while it is being read. */
  readonly views: ReadonlyMap<string, AccountView | null> | null;
  readonly kit: PlayKit | null;
  /** Null: the one that the book proposes for the first account. */
  readonly playId: string | null;
  readonly adjustments: Readonly<Record<string, Adjustment>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly index: number;
  /** Enter was pressed before everything was read: it runs as soon as it is. */
  readonly wanted: boolean;
  readonly saving: boolean;
  /** Why nothing was queued. */
  readonly problem: Clean | null;
}

export const playPane = (rows: readonly BookRow[]): PlayPane => ({
  rows,
  views: null,
  kit: null,
  playId: null,
  adjustments: {},
  answers: {},
  index: 0,
  wanted: false,
  saving: false,
  problem: null,
});

export const isRead = (pane: PlayPane): pane is PlayPane & { readonly kit: PlayKit } => pane.kit !== null && pane.views !== null;

/** The first line of the list where the book proposes none. */
export function playOf({ kit, playId, rows: [row] }: PlayPane): PlayKit['plays'][number] | null {
  if (!kit || !row) return null;
  return (playId === null ? proposalOf(kit, row) : null) ?? kit.plays.find(({ id }) => id === playId) ?? kit.plays[0] ?? null;
}

/** For each account, in their order; none before everything is read. */
export function preparedAll(pane: PlayPane, today: Day, lang: Lang): readonly { readonly row: BookRow; readonly prepared: Prepared }[] {
  const play = playOf(pane);
  if (!isRead(pane) || !play) return [];
  const { kit, views, adjustments, answers } = pane;
  return pane.rows.map((row) => ({
    row,
    prepared: preparePlay(kit, { play, row, view: views?.get(row.id) ?? null, today, lang, adjustments, answers }),
  }));
}

/** A line of the pane that can be chosen. */
export type PlayItem =
  | { readonly kind: 'step'; readonly step: PreparedStep }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'fact'; readonly fact: FactName; readonly label: string; readonly answer: string };

/** The steps as they stand for the first account, its questions, and the facts that some account lacks. */
export function itemsOf(pane: PlayPane, today: Day, lang: Lang): readonly PlayItem[] {
  const all = preparedAll(pane, today, lang);
  const [first] = all;
  if (!first) return [];
  const steps = first.prepared.steps.flatMap((step): PlayItem[] =>
    step.kind === 'questions'
      ? [{ kind: 'step', step }, ...step.questions.map((question): PlayItem => ({ kind: 'question', question }))]
      : [{ kind: 'step', step }],
  );
  const missing = new Set(all.flatMap(({ prepared }) => [...prepared.missing]));
  const answered = Object.keys(FACTS).filter((name) => (pane.answers[name] ?? '') !== '') as FactName[];
  const facts = [...new Set([...missing, ...answered])].map(
    (fact): PlayItem => ({ kind: 'fact', fact, label: FACTS[fact][lang], answer: pane.answers[fact] ?? '' }),
  );
  return [...steps, ...facts];
}

/** Which steps are off by hand, changed, or answered belongs to the play: another one starts afresh. */
export function otherPlay(pane: PlayPane, by: 1 | -1): PlayPane {
  const { kit } = pane;
  const now = playOf(pane);
  if (!kit || !now) return pane;
  const at = kit.plays.findIndex(({ id }) => id === now.id);
  const next = kit.plays[(at + by + kit.plays.length) % kit.plays.length] ?? now;
  return { ...pane, playId: next.id, adjustments: {}, answers: {}, index: 0, problem: null };
}

export const adjusted = (pane: PlayPane, step: string, change: Adjustment): PlayPane => ({
  ...pane,
  adjustments: { ...pane.adjustments, [step]: { ...pane.adjustments[step], ...change } },
  problem: null,
});

/** What an edit of a step begins with: the words as they stand, or on several accounts the play's own, with its facts open. */
export function editable(pane: PlayPane, prepared: PreparedStep, field: 'subject' | 'text', lang: Lang): string {
  const shown = field in prepared ? String(Reflect.get(prepared, field)) : '';
  if (pane.rows.length === 1) return shown;
  const step = playOf(pane)?.steps.find(({ id }) => id === prepared.id);
  const typed = pane.adjustments[prepared.id]?.[field];
  if (typed !== undefined || !step) return typed ?? shown;
  if (field === 'subject') return 'subject' in step ? step.subject[lang] : shown;
  return 'text' in step && step.text ? step.text[lang] : shown;
}
