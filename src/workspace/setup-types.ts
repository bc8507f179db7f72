/** Setting up a portal as a screen sees it: what is known, what may be chosen, what a choice does. Texts are raw. */

import type { Bilingual } from '../policy.ts';
import type { Mapping, MappingKey } from '../settings/mapping.ts';
import type { ProfileSettings } from '../settings/settings.ts';
import type { Result } from '../units/result.ts';
import type { Access } from './access.ts';
import type { WorkspaceStatus } from './types.ts';

export interface SetupPortal {
  readonly portalId: string;
  readonly timeZone: string;
  readonly currency: string;
}

export interface SetupOwner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** One thing that a key may be answered with. */
export interface SetupChoice {
  /** What stands in the mapping. */
  readonly value: string;
  readonly label: string;
  /** HubSpot's type of the property; null where the answer is none. */
  readonly type: string | null;
  /** Share of the records looked at; null where not looked at. */
  readonly fillRate: number | null;
  readonly samples: readonly string[];
}

export interface SetupKey {
  readonly key: MappingKey;
  /** As it stands now, proposed or answered; null where it is left out or nothing was found. */
  readonly value: string | null;
  /**
   * `sure` and `look` found by itself · `answered` by a person, now or before · `declined` left out by a person ·
   * `missing` no book can do without it · `none` nothing was found
   */
  readonly state: 'sure' | 'look' | 'answered' | 'declined' | 'missing' | 'none';
  /** What the settings say, where that is something else; null in a portal that was never set up. */
  readonly was: string | null;
  /** The settings name what the portal does not have any more. */
  readonly drifted: boolean;
  /** Best first. */
  readonly choices: readonly SetupChoice[];
}

/** What a choice makes of one account. */
export interface SetupPreview {
  readonly name: string;
  readonly text: string;
  /** False where the value cannot be read as what the key wants. */
  readonly readable: boolean;
}

export interface SetupCoverage {
  readonly share: number;
  readonly signals: readonly {
    readonly label: Bilingual;
    readonly state: 'ok' | 'unavailable' | 'n/a';
    /** The missing scope, or the feed that is not connected. */
    readonly because: string | null;
  }[];
}

export interface SetupAnswers {
  readonly me: ProfileSettings['me'];
  readonly all: boolean;
  /** By key; `-` leaves it out. */
  readonly mapping: Readonly<Record<string, string>>;
}

export interface Setup {
  /** Where the token is that is used where none is typed. */
  readonly token: 'env' | 'kept' | null;
  /** A portal is connected: this changes what is there. */
  readonly connected: boolean;
  /** Answers of a setup that was left, or those in force. */
  readonly answers: SetupAnswers;
  readonly resumed: boolean;
  /** Asks HubSpot with the token; null: the one at hand. A good one that was typed is kept. The error is one line for the screen. */
  check(token: string | null): Promise<Result<{ readonly portal: SetupPortal; readonly access: readonly Access[] }, string>>;
  /** Reads what the portal is made of; once. */
  explore(): Promise<Result<null, string>>;
  /** After `explore`, those who can be somebody; by name. */
  owners(): readonly SetupOwner[];
  /** The keys with these answers; an answer that does not fit is told. */
  keys(answers: SetupAnswers): Result<readonly SetupKey[], string>;
  /** Every property of the object that the key is about whose name or label has the words. */
  find(key: MappingKey, words: string, answers: SetupAnswers): readonly SetupChoice[];
  /** Resolves when `previews` knows what the choice does; at once where it needs nothing. */
  look(key: MappingKey, value: string, answers: SetupAnswers): Promise<void>;
  /** Three accounts; empty where a choice says nothing about one, null before `look`. */
  previews(key: MappingKey, value: string, answers: SetupAnswers): readonly SetupPreview[] | null;
  coverage(answers: SetupAnswers): SetupCoverage;
  /** Keeps the answers as far as they are; nothing works with them before `finish`. */
  keep(answers: SetupAnswers): Promise<void>;
  /** From now on the profile works with the answers. */
  finish(answers: SetupAnswers): Promise<Result<Mapping, string>>;
  /** After `finish`: makes the property by which HubSpot keeps our records single; the error is one line, and stops nothing. */
  mark(): Promise<Result<null, string>>;
  /** The first sync; the error is one line for the screen. */
  sync(onProgress: (progress: WorkspaceStatus['sync']) => void): Promise<Result<null, string>>;
  close(): Promise<void>;
}
