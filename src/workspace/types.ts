/** A profile as screens and commands see it: `read` for books and reports, `act` for everything that writes. */

import type { AccountView } from '../book/account-view.ts';
import type { AttachedRecord } from '../book/attached.ts';
import type { BriefSummary, SinceWish } from '../book/brief.ts';
import type { DoneMarks } from '../book/done.ts';
import type { HygieneFinding } from '../book/hygiene.ts';
import type { PlayKit } from '../book/play-kit.ts';
import type { RevenueAnswer, RevenueQuestion } from '../book/revenue-answers.ts';
import type { BookRow, BookSnapshot } from '../book/row.ts';
import type { DismissReason, SnoozeWish } from '../book/snoozing.ts';
import type { BookTask } from '../book/tasks.ts';
import type { Facts } from '../plays/facts.ts';
import type { Intent, Planned, RowKind } from '../plays/intent.ts';
import type { Avoidable, ReasonOption } from '../plays/post-mortem.ts';
import type { ChurnCategory, QuietPolicy, Template } from '../policy.ts';
import type { Change } from '../rules/paths.ts';
import type { Personal } from '../settings/settings.ts';
import type { Day, Instant } from '../units/day.ts';
import type { Result } from '../units/result.ts';
import type { DoneBefore, LookBefore } from './morning.ts';
import type { PolicyInForce } from './policy.ts';
import type { NewPulse } from './pulses.ts';
import type { DismissalBefore, SnoozesBefore } from './quiet.ts';
import type { RulesView, SaveRefused } from './rules.ts';
import type { ShownRequest } from './shown-request.ts';

/** What the header tells at all times. */
export interface WorkspaceStatus {
  readonly syncedAt: Instant | null;
  readonly offline: boolean;
  /** A running sync: `total` null until known. */
  readonly sync: {
    readonly phase: string;
    readonly done: number;
    readonly total: number | null;
    readonly secondsLeft: number | null;
  } | null;
  readonly scoring: boolean;
  /** The share of the day's requests that is left, 0–1, where it holds background work back; null while there is plenty. */
  readonly quota: { readonly left: number; readonly background: 'slowed' | 'stopped' } | null;
  /** The last sync's failure in one line, in the user's language, with what to do next. */
  readonly problem: string | null;
  readonly outbox: {
    readonly held: number;
    readonly ready: number;
    readonly sending: number;
    readonly unknown: number;
    readonly needsYou: number;
  };
  /** The mapping names something that the portal has no more. */
  readonly drifted: boolean;
  /** Records of ours that HubSpot has twice, by the last sync. */
  readonly doubles: number;
}

export interface OutboxEntry {
  readonly id: string;
  readonly kind: RowKind;
  readonly accountId: string;
  readonly accountName: string;
  readonly state: 'held' | 'ready' | 'sending' | 'unknown' | 'needs_you' | 'sent';
  readonly text: string;
  readonly hubspotId: string | null;
  readonly attempts: number;
  readonly queuedAt: Instant;
  readonly nextLookAt: Instant | null;
  readonly because: string | null;
  /** A property that the portal's admin demands: it can be given on the spot. */
  readonly required: string | null;
  /** Queued together with others; the play and the step of it. */
  readonly groupId: string | null;
  readonly play: string | null;
  readonly step: string | null;
  /** Rows that must be sent before. */
  readonly dependsOn: readonly string[];
}

/** A property of a queued row that a person may give or change. */
export interface RowField {
  /** HubSpot's name. */
  readonly property: string;
  /** The portal's name for it. */
  readonly label: string;
  /** As plain text; '' where the row has none. */
  readonly value: string;
  readonly multiline: boolean;
  /** What an enumeration takes; empty: any text. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The portal refused the row for want of it. */
  readonly required: boolean;
}

/** What became of taking something back: nothing had left, or an operation that takes it back is queued. */
export type UndoneHow = 'removed' | 'queued';

/** Several acts that were queued as one. */
export interface ActedAll {
  /** Of each intent, in the order given. */
  readonly ids: readonly string[];
  readonly groupId: string;
  readonly undoUntil: Instant;
}

/** Why an act was not queued: nothing was kept, the text must stay with its writer. */
export interface ActRefused {
  readonly kind: 'too_long' | 'empty' | 'disk_full' | 'store' | 'not_today' | 'no_target';
  readonly message: string;
}

/** Why none of several acts was queued; `index`: the one at fault, null where it is none of them. */
export interface ActAllRefused extends ActRefused {
  readonly index: number | null;
}

/** What was put aside or marked on this machine, to be taken back. */
export type QuietBefore = SnoozesBefore | DismissalBefore | DoneBefore | LookBefore | ChoiceBefore;

/** What a person had chosen before. */
export interface ChoiceBefore {
  readonly kind: 'choice';
  readonly before: Partial<Personal>;
}

export interface PostMortemWish {
  readonly accountId: string;
  readonly name: string;
  /** Null: nothing but that the cause of what was written down before is gone. */
  readonly cause: ChurnCategory | null;
  readonly avoidable: Avoidable;
  /** As typed; may be empty. */
  readonly helped: string;
  /** What has changed since, so that the cause is gone; empty: nothing yet. */
  readonly fixed: string;
  /** The value of the portal's own reason, where the cause alone does not say which. */
  readonly reason: string | null;
}

export interface Writing {
  /** What an activity can begin with, in the order in which it is offered. */
  templates(): readonly Template[];
  /** What a template may say of the account; null where the book does not have it. */
  facts(accountId: string): Promise<Facts | null>;
  /** What an activity can hang on besides the company, and the portal's own outcomes of a call. */
  recordsOf(accountId: string): Promise<{
    readonly records: readonly AttachedRecord[];
    readonly dispositions: readonly { readonly value: string; readonly label: string }[];
  }>;
  /** The portal's own reasons for a churn, and those that mean a cause; null where no property is mapped. */
  churnReasons(): Promise<{
    readonly all: readonly ReasonOption[];
    readonly of: Readonly<Record<ChurnCategory, readonly ReasonOption[]>>;
  } | null>;
  /** Whether somebody, here or as a note in HubSpot, has written down why the customer left. */
  isLookedBack(accountId: string): Promise<boolean>;
  /** The exact requests that it would become; nothing is queued. */
  preview(what: Intent | PostMortemWish): Promise<Result<readonly ShownRequest[], ActRefused>>;
  /** Note and property as one, and the copy that stays here. */
  postMortem(wish: PostMortemWish): Promise<Result<ActedAll, ActRefused>>;
  /** After it was taken back: what was kept of the account before it. */
  undoPostMortem(accountId: string): Promise<void>;
}

/** The app and the commands know nothing else of the data. */
export interface Workspace extends Writing {
  readonly profile: string;
  readonly demo: boolean;
  readonly portal: {
    readonly portalId: string;
    readonly label: string;
    readonly uiDomain: string;
    readonly timeZone: string;
    readonly currency: string;
  };
  /** Whose book; null for the whole portal. */
  readonly owner: { readonly id: string; readonly name: string; readonly email: string | null } | null;
  /** Who writes here; null where nobody was named. */
  readonly myId: string | null;
  readonly asOf: Day;
  /** Today in the portal's zone. */
  readonly today: Day;
  readonly undoSeconds: number;
  now(): Instant;
  /** The newest scored book; null before the first sync. The same object until it changes. */
  snapshot(): BookSnapshot | null;
  /** The same object until it changes. */
  status(): WorkspaceStatus;
  /** Told when `snapshot` or `status` changes; gives back the way to stop listening. */
  subscribe(listener: () => void): () => void;
  /** What should be mended in HubSpot. The same object until the book changes. */
  hygiene(): readonly HygieneFinding[];
  account(id: string): Promise<AccountView | null>;
  /** Open tasks on the accounts of the book, mine or everybody's, the longest overdue first. */
  tasks(all: boolean): Promise<readonly BookTask[]>;
  /** Users of the portal who can be given work, by name. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Owner id of the lead of the account's team; null where nobody is named. */
  leadOf(row: BookRow): string | null;
  /** Gives the account to somebody else. */
  handOver(accountId: string, ownerId: string): ReturnType<Workspace['act']>;
  /** Asks somebody to look at the account by a task. */
  escalate(accountId: string, ownerId: string): ReturnType<Workspace['act']>;
  outbox(): Promise<readonly OutboxEntry[]>;
  /** Resolves once the intent is committed to disk, before anything is sent. */
  act(intent: Intent): Promise<Result<{ readonly id: string; readonly undoUntil: Instant }, ActRefused>>;
  /** Several intents in one commit, all or none: a play's steps, or one step on many accounts. */
  actAll(planned: readonly Planned[], play?: string): Promise<Result<ActedAll, ActAllRefused>>;
  /** Takes back what was queued, or queues what takes it back in HubSpot; null where neither can be. */
  undo(id: string): Promise<UndoneHow | null>;
  /** Changes properties (HubSpot's names, `body` for the text) of what waits and lets it go out again. */
  editRow(id: string, fields: Readonly<Record<string, string>>): Promise<Result<string, ActRefused> | null>;
  /** What `editRow` may change of the row, what the portal demands first; null where nothing can be. */
  rowFields(id: string): Promise<readonly RowField[] | null>;
  retry(id: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
  /** Queues the taking back of the later copies of what is there twice; gives how many. */
  healDoubles(): Promise<number>;
  /** Keeps what is being typed, by account and kind; null forgets it. */
  draft(key: string): Promise<string | null>;
  keepDraft(key: string, text: string | null): Promise<void>;
  /** What running a play needs of the portal. */
  playKit(): Promise<PlayKit>;
  readonly quiet: QuietPolicy;
  /** Puts accounts off, null wakes them: at once on the screen. Gives back what to `restore` to take it back. */
  snooze(ids: readonly string[], wish: SnoozeWish | null): Promise<QuietBefore>;
  /** Takes a signal out of an account's score; null lets it count again. The book is scored anew behind the screen. */
  dismiss(id: string, signal: string, reason: DismissReason | null): Promise<QuietBefore>;
  restore(was: QuietBefore): Promise<void>;
  /** What changed since the last look; null until the background has told it. The same object until it changes. */
  brief(): BriefSummary | null;
  /** Asks the background to tell the brief from then on. */
  briefSince(since: SinceWish): void;
  /** The brief was gone through: what changes is told from now the next time. */
  briefSeen(): Promise<QuietBefore>;
  /** The accounts that were marked as done today. The same object until it changes. */
  done(): DoneMarks;
  /** What a person chose for the terminal and the list. The same object until it changes. */
  personal(): Personal;
  /** Keeps other choices; throws where the settings cannot be written. */
  choose(change: Partial<Personal>): Promise<QuietBefore>;
  /** Marks accounts as done for today, or as not done. */
  markDone(ids: readonly string[], done: boolean): Promise<QuietBefore>;
  /** Keeps one's own view of an account; gives back the day on which it stops counting. */
  pulse(pulse: NewPulse): Promise<Day>;
  /** What the rules do on the book, read behind the screen; null where it could not be read. */
  rules(): Promise<RulesView | null>;
  /** The page of a company in HubSpot, whether it is in the book or not. */
  companyUrl(id: string): string;
  /** Answered behind the screen; null where it could not be read. */
  revenue(question: RevenueQuestion): Promise<RevenueAnswer | null>;
  /** Writes the changes into the policy file that `inForce` was read from; the book is scored anew when it is read next. */
  savePolicy(inForce: PolicyInForce, changes: readonly Change[]): Promise<Result<string, SaveRefused>>;
  /** Starts a sync in the background, unless one runs. */
  refresh(): void;
  close(): Promise<void>;
}

export type { RulesView, SaveRefused } from './rules.ts';
