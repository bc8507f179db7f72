/** Counts a phase's work and tells how long the rest of it will take. */
import type { Instant } from '../../units/day.ts';
import type { SyncPhase, SyncProgress } from './types.ts';

/** Before this, a rate is noise. */
const FIRST_ESTIMATE_MS = 1_000;

export class ProgressMeter {
  private readonly tell: ((progress: SyncProgress) => void) | undefined;
  private readonly now: () => Instant;
  private phase: SyncPhase = 'portal';
  private done = 0;
  private total: number | null = null;
  private startedAt: number;

  constructor(now: () => Instant, tell?: (progress: SyncProgress) => void) {
    this.now = now;
    this.tell = tell;
    this.startedAt = now();
  }

  begin(phase: SyncPhase, total: number | null): void {
    this.phase = phase;
    this.done = 0;
    this.total = total;
    this.startedAt = this.now();
    this.report();
  }

  /** More of the same phase turned up. */
  expect(total: number): void {
    this.total = total;
    this.report();
  }

  advance(by: number): void {
    this.done += by;
    this.report();
  }

  private report(): void {
    this.tell?.({ phase: this.phase, done: this.done, total: this.total, secondsLeft: this.secondsLeft() });
  }

  private secondsLeft(): number | null {
    const elapsed = this.now() - this.startedAt;
    if (this.total === null || this.done === 0 || elapsed < FIRST_ESTIMATE_MS) return null;
    return Math.ceil((Math.max(0, this.total - this.done) * elapsed) / this.done / 1000);
  }
}
