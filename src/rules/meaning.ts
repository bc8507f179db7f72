/** What a shape cannot say of a policy file: names that must exist, edges that must rise, ramps that must lead somewhere. */
import { PLAYS } from '../plays/catalog.ts';
import type { Condition, Policy, Ramp } from '../policy.ts';
import { parseDay } from '../units/day.ts';
import { cutFaults } from './cuts.ts';
import type { PolicyFile, SignalEntry } from './file.ts';
import { nearest } from './near.ts';
import { namesOf, playFaults } from './play-meaning.ts';
import type { Fault, Path } from './problem.ts';
import { CUSTOM_SIGNAL } from './shape.ts';
import { templateEntryFaults } from './template-meaning.ts';

/** Deep enough for any rule that a person could still explain. */
const DEEPEST_CONDITION = 8;

/** The file must have passed `checkShape`. */
export function checkMeaning(file: PolicyFile, base: Policy): Fault[] {
  return [
    ...bandFaults(file, base),
    ...cutFaults(file),
    ...incidentFaults(file),
    ...signalFaults(file, base),
    ...referenceFaults(file, base),
    ...playFaults(file, namesOf(file, base, PLAYS)),
    ...templateEntryFaults(file),
  ];
}

const RISING = ['low', 'watch', 'high', 'critical'] as const;

function bandFaults({ bands }: PolicyFile, base: Policy): Fault[] {
  if (!bands) return [];
  const edges = { ...base.bands, ...bands };
  return RISING.slice(1).flatMap((band, index): Fault[] => {
    const below = RISING[index] ?? 'low';
    if (edges[band] > edges[below]) return [];
    // Told where the file says it: at the upper band, or at the lower one where only that stands there.
    const path = ['bands', band in bands ? band : below];
    return [{ path, kind: 'bands', params: { band, edge: edges[band], below, belowEdge: edges[below] } }];
  });
}

const incidentFaults = ({ incidents = [] }: PolicyFile): Fault[] =>
  incidents.flatMap(({ on }, index): Fault[] =>
    parseDay(on) === null ? [{ path: ['incidents', index, 'on'], kind: 'day', params: { value: on } }] : [],
  );

function signalFaults({ signals = {}, mentions = {} }: PolicyFile, base: Policy): Fault[] {
  const lists = Object.keys({ ...base.mentions, ...mentions });
  return Object.entries(signals).flatMap(([id, entry]): Fault[] => {
    const path = ['signals', id];
    const shipped = base.signals.find((rule) => rule.id === id);
    if (shipped) return [...rampFaults(entry.ramp, shipped.ramp, path), ...dayFaults(entry, path)];
    if (!CUSTOM_SIGNAL.test(id)) return [unknownSignal(id, base.signals, path)];
    return [
      ...ownFaults(entry, path),
      ...rampFaults(entry.ramp, null, path),
      ...dayFaults(entry, path),
      ...conditionFaults(entry, lists, path),
    ];
  });
}

function unknownSignal(id: string, signals: readonly { readonly id: string }[], path: Path): Fault {
  const near = nearest(
    id,
    signals.map((rule) => rule.id),
  );
  return near === null
    ? { path, atKey: true, kind: 'unknown_signal', params: { signal: id } }
    : { path, atKey: true, kind: 'unknown_signal_near', params: { signal: id, near } };
}

/** `shipped`: the ramp in place of which it stands; it must run the same way, or the signal would mean its opposite. */
function rampFaults(ramp: Ramp | undefined, shipped: Ramp | null, path: Path): Fault[] {
  if (!ramp) return [];
  const at = [...path, 'ramp'];
  const { from, to } = ramp;
  if (from === to) return [{ path: at, kind: 'ramp_zero', params: { value: from } }];
  if (!shipped || from < to === shipped.from < shipped.to) return [];
  return [{ path: at, kind: shipped.from < shipped.to ? 'ramp_rises' : 'ramp_falls', params: { from, to } }];
}

const dayFaults = ({ reviewBy }: SignalEntry, path: Path): Fault[] =>
  reviewBy !== undefined && parseDay(reviewBy) === null ? [{ path: [...path, 'reviewBy'], kind: 'day', params: { value: reviewBy } }] : [];

function ownFaults(entry: SignalEntry, path: Path): Fault[] {
  const needed = (['group', 'label', 'points'] as const).filter((key) => entry[key] === undefined);
  const faults: Fault[] = needed.map((key) => ({ path, atKey: true, kind: 'missing', params: { key } }));
  if ((entry.input === undefined) === (entry.when === undefined))
    faults.push({ path, atKey: true, kind: 'one_of', params: { keys: 'input, when' } });
  if (entry.input !== undefined && !entry.ramp) faults.push({ path, atKey: true, kind: 'missing', params: { key: 'ramp' } });
  if (entry.when !== undefined && entry.ramp) faults.push({ path: [...path, 'ramp'], atKey: true, kind: 'ramp_of_condition' });
  return faults;
}

function conditionFaults({ when }: SignalEntry, lists: readonly string[], path: Path): Fault[] {
  return when ? partFaults(when, lists, [...path, 'when'], DEEPEST_CONDITION) : [];
}

function partFaults(part: Condition, lists: readonly string[], path: Path, deeper: number): Fault[] {
  if (deeper === 0) return [{ path, kind: 'too_deep', params: { most: DEEPEST_CONDITION } }];
  if ('all' in part) return part.all.flatMap((one, index) => partFaults(one, lists, [...path, 'all', index], deeper - 1));
  if ('any' in part) return part.any.flatMap((one, index) => partFaults(one, lists, [...path, 'any', index], deeper - 1));
  if ('not' in part) return partFaults(part.not, lists, [...path, 'not'], deeper - 1);
  if ('mention' in part) {
    const { mention } = part;
    if (typeof mention !== 'string' || lists.includes(mention)) return [];
    return [{ path: [...path, 'mention'], kind: 'unknown_list', params: { list: mention, allowed: lists.join(', ') } }];
  }
  const hasBound = [part.above, part.atLeast, part.below, part.atMost].some((bound) => bound !== undefined);
  return hasBound ? [] : [{ path, kind: 'bounds' }];
}

/** Signals that ramps and retirements name, in the places where they do. */
function referenceFaults(file: PolicyFile, base: Policy): Fault[] {
  const rules = [...base.signals, ...Object.keys(file.signals ?? {}).map((id) => ({ id, ramp: null }))];
  const named = (signals: object | undefined, path: Path): Fault[] =>
    Object.keys(signals ?? {}).flatMap((id) => (rules.some((rule) => rule.id === id) ? [] : [unknownSignal(id, rules, [...path, id])]));
  const whose = (key: 'plans' | 'segments'): Fault[] =>
    Object.entries(file[key] ?? {}).flatMap(([name, { ramps = {}, retired }]) => [
      ...named(ramps, [key, name, 'ramps']),
      ...named(retired, [key, name, 'retired']),
      ...Object.entries(ramps).flatMap(([id, ramp]) => {
        const shipped = base.signals.find((rule) => rule.id === id)?.ramp ?? null;
        return rampFaults(ramp, shipped, [key, name, 'ramps', id]).map((fault) => ({ ...fault, path: [key, name, 'ramps', id] }));
      }),
    ]);
  return [
    ...named(file.retired, ['retired']),
    ...whose('plans'),
    ...whose('segments'),
    ...Object.entries(file.accounts ?? {}).flatMap(([id, { retired }]) => named(retired, ['accounts', id, 'retired'])),
  ];
}
