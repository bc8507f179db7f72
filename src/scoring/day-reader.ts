/** Readings of one account on one day, each worked out once, however many rules look at it. */
import type { FeedId } from '../account.ts';
import type { Policy, Tier } from '../policy.ts';
import { type Day, type Serial, serialOf } from '../units/day.ts';
import type { CompiledPolicy, InputSlot, Profile } from './compile.ts';
import { type FedReading, readCondition } from './condition.ts';
import type { Column, Facts } from './facts.ts';
import type { FeedClock, FeedReach, FeedStates } from './feeds.ts';
import type { Mention } from './mentions.ts';
import type { Exception } from './overrides.ts';
import type { Peers } from './peers.ts';
import type { Pulse, Reading, ReadingContext, RevenueReading } from './reading.ts';
import type { Missing } from './types.ts';

/** The account as a scorer meets it: its facts, and how to ask for its revenue as known on any day. */
export interface Subject {
  readonly facts: Facts;
  readonly tier: Tier | null;
  readonly plan: string | null;
  readonly peers: Peers;
  readonly pulses: readonly Pulse[];
  /** What lifts its score above the sum. */
  readonly exceptions: readonly Exception[];
  /** What its texts say of a topic. */
  mentions(topic: string): Column<Mention>;
  revenueOn(day: Day, on: number): RevenueReading;
  /** Plan and segment as known on any day. Asked for only where the policy goes by them. */
  profileOn(day: Day): Profile;
  /** The day on which a signal of this account was dismissed; null where it counts. */
  dismissedOn(signal: string): Day | null;
}

/** What an input may ask as of one day; revenue is looked up only where an input asks for it. */
class DayContext implements ReadingContext {
  readonly asOf: Day;
  readonly on: number;
  readonly tier: Tier | null;
  readonly noticeDays: number;
  readonly plan: string | null;
  readonly peers: Peers;
  readonly resolutionHours: number | null;
  readonly keyFeatures: readonly string[];
  readonly incidents: Policy['incidents'];
  readonly pulses: readonly Pulse[];
  readonly #reader: DayReader;
  readonly #subject: Subject;
  #revenue: RevenueReading | undefined;

  constructor(subject: Subject, policy: Policy, asOf: Day, on: number, reader: DayReader) {
    this.asOf = asOf;
    this.on = on;
    this.tier = subject.tier;
    this.noticeDays = policy.noticeDays;
    this.plan = subject.plan;
    this.peers = subject.peers;
    this.resolutionHours = policy.resolutionHours;
    this.keyFeatures = policy.keyFeatures;
    this.incidents = policy.incidents;
    this.pulses = subject.pulses;
    this.#subject = subject;
    this.#reader = reader;
  }

  get revenue(): RevenueReading {
    this.#revenue ??= this.#subject.revenueOn(this.asOf, this.on);
    return this.#revenue;
  }

  mentions(topic: string): Column<Mention> {
    return this.#subject.mentions(topic);
  }

  speaks(feed: FeedId): boolean {
    return this.#reader.speaks(feed);
  }
}

export class DayReader {
  readonly day: Day;
  readonly on: Serial;
  readonly #compiled: CompiledPolicy;
  readonly #feeds: FeedStates;
  readonly #subject: Subject;
  readonly #readings: (FedReading | undefined)[];
  /** The last one asked for: all but one where feeds are frozen. */
  #last: DayContext | undefined;
  readonly #ago: (from: Day, days: number) => DayReader;

  /** `ago`: the reader of so many days before another, for what compares with then. */
  constructor(compiled: CompiledPolicy, clock: FeedClock, subject: Subject, day: Day, ago: (from: Day, days: number) => DayReader) {
    this.day = day;
    this.on = serialOf(day);
    this.#compiled = compiled;
    this.#feeds = clock.on(day);
    this.#subject = subject;
    this.#readings = new Array(compiled.slots.length);
    this.#ago = ago;
  }

  read(slot: number): FedReading {
    const known = this.#readings[slot];
    if (known) return known;
    const wanted = this.#compiled.slots[slot];
    if (!wanted) throw new RangeError(`no slot ${slot}`);
    const found =
      'when' in wanted
        ? readCondition(wanted.when, (part, back) => (back === 0 ? this : this.#ago(this.day, back)).read(part))
        : this.#read(wanted);
    this.#readings[slot] = found;
    return found;
  }

  speaks(feed: FeedId): boolean {
    return this.#silence(feed, this.#feeds[feed]) === null;
  }

  /** Why the feed says nothing of the account; null where it speaks. */
  #silence(feed: FeedId, { missing, unmatched }: FeedReach): Missing | null {
    return missing ?? (this.#subject.facts.matched.has(feed) ? null : unmatched);
  }

  #read(slot: InputSlot): FedReading {
    const { feeds, anyFeed } = slot.input;
    let { day: asOf, on } = this as { day: Day; on: number };
    let missing: { readonly feed: FeedId; readonly why: Missing } | null = null;
    let speaking = 0;
    for (const feed of feeds) {
      const reach = this.#feeds[feed];
      const why = this.#silence(feed, reach);
      if (why !== null) {
        // A feed that exists but fails tells more than one that was never connected.
        if (!missing || (anyFeed && missing.why.state === 'n/a')) missing = { feed, why };
        continue;
      }
      speaking++;
      if (reach.on < on) {
        asOf = reach.asOf;
        on = reach.on;
      }
    }
    if (missing && (!anyFeed || speaking === 0)) return { reading: missing.why, feed: missing.feed };
    return { reading: this.#ask(slot, this.#context(asOf, on)), feed: feeds[0] ?? 'contract' };
  }

  #ask({ input, halfLifeDays }: InputSlot, context: DayContext): Reading {
    const { facts } = this.#subject;
    if (input.ofRevenue) return context.revenue.readings.get(input) ?? input.read(facts, context);
    return input.read(facts, context, halfLifeDays);
  }

  #context(asOf: Day, on: number): DayContext {
    if (this.#last?.on === on) return this.#last;
    this.#last = new DayContext(this.#subject, this.#compiled.policy, asOf, on, this);
    return this.#last;
  }
}
