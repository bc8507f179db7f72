/** The shape of an action, and what it may ask the world to do. */
import type { SinceWish } from '../book/brief.ts';
import type { BookRow } from '../book/row.ts';
import type { DismissReason, SnoozeWish } from '../book/snoozing.ts';
import type { PostMortemWish, QuietBefore, RulesView } from '../open.ts';
import type { Intent } from '../plays/intent.ts';
import type { Prepared } from '../plays/prepare.ts';
import type { Template } from '../policy.ts';
import type { Change } from '../rules/paths.ts';
import type { Compose, Form } from '../screens/compose/state.ts';
import type { Personal } from '../settings/settings.ts';
import type { Clean } from '../text/clean.ts';
import type { Lang, MessageKey } from '../text/messages/index.ts';
import type { Context } from './context.ts';
import type { KeyOverrides, Mode, Ui } from './state.ts';

/** A template for a text that is open. */
export interface Begin {
  /** Several: its facts stay open. */
  readonly accountIds: readonly string[];
  readonly template: Template;
}

/** What happens outside of the ui state; carried out by `effects.ts`, never by an action itself. */
export type Effect =
  | { readonly do: 'act'; readonly intent: Intent; readonly draftKey: string }
  /** Each account's own, all or none. */
  | { readonly do: 'actOnAll'; readonly compose: Compose; readonly draftKey: string }
  | { readonly do: 'previewAll'; readonly compose: Compose }
  | { readonly do: 'undo'; readonly id: string; readonly also: readonly string[]; readonly compose: Compose | null }
  | { readonly do: 'readPlay'; readonly ids: readonly string[] }
  | { readonly do: 'runPlay'; readonly all: readonly { readonly row: BookRow; readonly prepared: Prepared }[]; readonly lang: Lang }
  | { readonly do: 'copyText'; readonly text: string; readonly said: MessageKey }
  | { readonly do: 'mailto'; readonly url: string }
  | { readonly do: 'queue'; readonly intent: Intent }
  | { readonly do: 'handOver' | 'escalate'; readonly accountIds: readonly string[]; readonly ownerId: string }
  | { readonly do: 'retry'; readonly id: string }
  | { readonly do: 'heal' }
  | { readonly do: 'readRow'; readonly id: string }
  | { readonly do: 'editRow'; readonly id: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly do: 'drop'; readonly id: string }
  | { readonly do: 'savePolicy'; readonly inForce: RulesView['inForce']; readonly changes: readonly Change[] }
  | { readonly do: 'snooze'; readonly ids: readonly string[]; readonly wish: SnoozeWish | null }
  | { readonly do: 'dismiss'; readonly id: string; readonly signal: string; readonly reason: DismissReason | null }
  | { readonly do: 'restoreQuiet'; readonly was: QuietBefore }
  | { readonly do: 'pulse'; readonly accountId: string; readonly points: number; readonly because: string }
  | { readonly do: 'done'; readonly ids: readonly string[]; readonly done: boolean }
  /** `said`: null where the screen shows it. */
  | { readonly do: 'choose'; readonly change: Partial<Personal>; readonly said: MessageKey | null }
  | { readonly do: 'briefSeen' }
  | { readonly do: 'briefSince'; readonly since: SinceWish }
  | { readonly do: 'refresh' }
  | { readonly do: 'browse'; readonly url: string }
  | { readonly do: 'copy'; readonly text: string }
  /** Brings the text of an earlier time, then the template. */
  | { readonly do: 'openText'; readonly key: string; readonly begin: Begin | null }
  | { readonly do: 'beginWith'; readonly key: string; readonly begin: Begin }
  /** What the form's fields can be chosen from. */
  | { readonly do: 'readOffered'; readonly key: string; readonly form: Form; readonly accountIds: readonly string[] }
  | { readonly do: 'postMortem'; readonly wish: PostMortemWish; readonly draftKey: string }
  | { readonly do: 'preview'; readonly key: string; readonly what: Intent | PostMortemWish }
  | { readonly do: 'editWords'; readonly text: string }
  | { readonly do: 'keepDraft'; readonly compose: Compose }
  | { readonly do: 'externalEditor'; readonly compose: Compose }
  | { readonly do: 'suspend' }
  | { readonly do: 'exit'; readonly code: number };

export interface Outcome {
  readonly ui?: Ui;
  readonly effects?: readonly Effect[];
}

/** `C` what it looks at, `M` where keys may mean something, `O` what comes of it. */
export interface ActionOf<C, M, O> {
  /** Public and stable: remapping and the docs page name it. */
  readonly id: string;
  readonly keys: readonly string[];
  readonly title: MessageKey;
  readonly hint: MessageKey;
  /** One or two words for the footer; absent: never shown there. */
  readonly short?: MessageKey;
  /** Modes in which the keys mean this. */
  readonly where: readonly M[];
  /** Writes to HubSpot sooner or later. */
  readonly writes?: boolean;
  /** Why it cannot run now, for the footer, the help and the toast; null when it can. */
  readonly disabled?: (context: C) => Clean | null;
  /** `key`: the one of its keys that was pressed; absent where it was run by name. */
  readonly run: (context: C, key?: string) => O;
}

export type Action = ActionOf<Context, Mode, Outcome>;

export const keysOf = (action: Action, overrides: KeyOverrides = {}): readonly string[] => overrides[action.id] ?? action.keys;
