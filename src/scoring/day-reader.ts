/** Readings of one account on one day, each worked out once, however many rules look at it. */
import type { Account, FeedId } from '../account.ts';
import type { Policy, Tier } from '../policy.ts';
import type { Day } from '../units/day.ts';
import type { CompiledPolicy, InputSlot, Profile } from './compile.ts';
import { type FedReading, readCondition } from './condition.ts';
import { type FeedClock, type FeedStates, missingState } from './feeds.ts';
import type { Mention } from './mentions.ts';
import type { Peers } from './peers.ts';
import type { Missing, Pulse, ReadingContext, RevenueReading, UsageRow } from './reading.ts';

/** The account as a scorer meets it: its facts, and how to ask for its revenue as known on any day. */
export interface Subject {
  readonly account: Account;
  readonly tier: Tier | null;
  /** By last day, newest first (`usageRows`). */
  readonly usage: readonly UsageRow[];
  readonly plan: string | null;
  readonly peers: Peers;
  readonly pulses: readonly Pulse[];
  /** What its texts say of a topic. */
  mentions(topic: string): readonly Mention[];
  revenueOn(day: Day): RevenueReading;
  /** Plan and segment as known on any day. Asked for only where the policy goes by them. */
  profileOn(day: Day): Profile;
  /** The day on which a signal of this account was dismissed; null where it counts. */
  dismissedOn(signal: string): Day | null;
}

/** What an input may ask as of one day; revenue is looked up only where an input asks for it. */
class DayContext implements ReadingContext {
  readonly asOf: Day;
  readonly tier: Tier | null;
  readonly noticeDays: number;
  readonly halfLifeDays: number | null;
  readonly plan: string | null;
  readonly peers: Peers;
  readonly resolutionHours: number | null;
  readonly keyFeatures: readonly string[];
  readonly pulses: readonly Pulse[];
  readonly speaks: (feed: FeedId) => boolean;
  readonly #subject: Subject;
  #revenue: RevenueReading | undefined;

  constructor(subject: Subject, policy: Policy, asOf: Day, halfLifeDays: number | null, speaks: (feed: FeedId) => boolean) {
    this.asOf = asOf;
    this.tier = subject.tier;
    this.noticeDays = policy.noticeDays;
    this.halfLifeDays = halfLifeDays;
    this.plan = subject.plan;
    this.peers = subject.peers;
    this.resolutionHours = policy.resolutionHours;
    this.keyFeatures = policy.keyFeatures;
    this.pulses = subject.pulses;
    this.#subject = subject;
    this.speaks = speaks;
  }

  get revenue(): RevenueReading {
    this.#revenue ??= this.#subject.revenueOn(this.asOf);
    return this.#revenue;
  }

  get usage(): readonly UsageRow[] {
    return this.#subject.usage;
  }

  mentions(topic: string): readonly Mention[] {
    return this.#subject.mentions(topic);
  }
}

export class DayReader {
  readonly day: Day;
  readonly #compiled: CompiledPolicy;
  readonly #feeds: FeedStates;
  readonly #subject: Subject;
  readonly #readings: (FedReading | undefined)[] = [];
  readonly #contexts: DayContext[] = [];
  readonly #ago: (days: number) => DayReader;

  /** `ago`: the reader of so many days before, for what compares with then. */
  constructor(compiled: CompiledPolicy, clock: FeedClock, subject: Subject, day: Day, ago: (days: number) => DayReader) {
    this.day = day;
    this.#compiled = compiled;
    this.#feeds = clock.on(day);
    this.#subject = subject;
    this.#ago = ago;
  }

  read(slot: number): FedReading {
    const known = this.#readings[slot];
    if (known) return known;
    const wanted = this.#compiled.slots[slot];
    if (!wanted) throw new RangeError(`no slot ${slot}`);
    const found =
      'when' in wanted ? readCondition(wanted.when, (part, back) => (back === 0 ? this : this.#ago(back)).read(part)) : this.#read(wanted);
    this.#readings[slot] = found;
    return found;
  }

  #read(slot: InputSlot): FedReading {
    const { feeds, anyFeed } = slot.input;
    const { account } = this.#subject;
    let asOf = this.day;
    let missing: { readonly feed: FeedId; readonly why: Missing } | null = null;
    let speaking = 0;
    for (const feed of feeds) {
      const on = this.#feeds[feed];
      const state = missingState(account, feed, on);
      if (state) {
        // A feed that exists but fails tells more than one that was never connected.
        if (!missing || (anyFeed && missing.why.state === 'n/a')) missing = { feed, why: { state, because: on.because || state } };
        continue;
      }
      speaking++;
      if (on.asOf < asOf) asOf = on.asOf;
    }
    if (missing && (!anyFeed || speaking === 0)) return { reading: missing.why, feed: missing.feed };
    return { reading: slot.input.read(account, this.#context(asOf, slot.halfLifeDays)), feed: feeds[0] ?? 'contract' };
  }

  #context(asOf: Day, halfLifeDays: number | null): DayContext {
    for (const context of this.#contexts) if (context.asOf === asOf && context.halfLifeDays === halfLifeDays) return context;
    const speaks = (feed: FeedId): boolean => missingState(this.#subject.account, feed, this.#feeds[feed]) === null;
    const made = new DayContext(this.#subject, this.#compiled.policy, asOf, halfLifeDays, speaks);
    this.#contexts.push(made);
    return made;
  }
}
