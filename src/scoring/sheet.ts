/** The readings of a whole book laid out in columns, so that other weights can be tried on them without reading anything again. */
import type { Stratum } from '../policy.ts';
import type { Money } from '../units/money.ts';
import type { Profile } from './compile.ts';
import { isMissing } from './reading.ts';
import type { Inspected } from './scorer.ts';

/** Days of a sheet: those that decide about a band (`bandDays`). */
export const SHEET_DAYS = 8;

/** What a rule read: nothing that counts · unknown, which lowers the coverage · a value · a value that somebody dismissed. */
export const CELL = { none: 0, unknown: 1, read: 2, dismissed: 3 } as const;

export interface SheetAccount {
  readonly id: string;
  readonly mrr: Money | null;
  readonly stratum: Stratum;
  readonly monthsLost: number;
  readonly noticeGiven: boolean;
  readonly snoozed: boolean;
}

/** Plain data: it can be handed to another thread. A place is account × days + day; a cell is rule × places + place, so that
 * what changes together stands together. */
export interface Sheet {
  /** Signal ids, in the compiled policy's order. */
  readonly rules: readonly string[];
  readonly accounts: readonly SheetAccount[];
  /** Probabilities have no predictive power here: nothing is ranked by them. */
  readonly unproven: boolean;
  /** Whose ramps an account has; a place names one by its index. */
  readonly profiles: readonly Profile[];
  readonly profileAt: Uint16Array;
  /** Lowest score that an exception allows, by place; 0 without one. */
  readonly floors: Float32Array;
  readonly states: Uint8Array;
  readonly values: Float64Array;
  /** What age leaves of a severity. */
  readonly fades: Float64Array;
}

/** One account's part. */
export interface SheetEntry extends SheetAccount {
  /** By day. */
  readonly days: readonly {
    readonly cells: readonly Inspected[];
    readonly profile: Profile;
    readonly floor: number;
  }[];
}

/** `entries` may be a stream over the store: only its columns are kept. */
export function laySheet(rules: readonly string[], count: number, entries: Iterable<SheetEntry>, unproven = false): Sheet {
  const width = rules.length;
  const places = count * SHEET_DAYS;
  const states = new Uint8Array(places * width);
  const values = new Float64Array(places * width);
  const fades = new Float64Array(places * width);
  const floors = new Float32Array(places);
  const profileAt = new Uint16Array(places);
  const profiles: Profile[] = [];
  const known = new Map<string, number>();
  const accounts: SheetAccount[] = [];
  for (const { days, ...account } of entries) {
    for (const [day, { cells, profile, floor }] of days.entries()) {
      const place = accounts.length * SHEET_DAYS + day;
      const key = JSON.stringify([profile.plan, profile.segment]);
      const at = known.get(key) ?? profiles.push(profile) - 1;
      known.set(key, at);
      profileAt[place] = at;
      floors[place] = floor;
      for (const [rule, cell] of cells.entries()) {
        const index = rule * places + place;
        states[index] = stateOf(cell);
        if (isMissing(cell.reading)) continue;
        values[index] = cell.reading.value;
        fades[index] = cell.fade;
      }
    }
    accounts.push(account);
  }
  return { rules, accounts, unproven, profiles, profileAt, floors, states, values, fades };
}

function stateOf({ retired, reading, dismissed }: Inspected): number {
  if (retired) return CELL.none;
  if (isMissing(reading)) return reading.state === 'n/a' ? CELL.none : CELL.unknown;
  return dismissed ? CELL.dismissed : CELL.read;
}
