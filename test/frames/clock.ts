/**
 * Another time of day for a program, loaded first: a clock that stands still at KIZASHI_TEST_CLOCK, so that its screens
 * are the same every time, or one that runs KIZASHI_TEST_CLOCK_SHIFT milliseconds beside the machine's.
 */
const Real = Date;

/** `at`: milliseconds since 1970. */
export const standAt = (at: number): void => goBy(() => at);

function goBy(now: () => number): void {
  globalThis.Date = class extends Real {
    constructor(...given: [number]) {
      super(...((given as unknown[]).length === 0 ? ([now()] as const) : given));
    }
    static override now(): number {
      return now();
    }
  } as DateConstructor;
}

const { KIZASHI_TEST_CLOCK: still, KIZASHI_TEST_CLOCK_SHIFT: shift } = process.env;
if (still !== undefined) standAt(Number(still));
else if (shift !== undefined) goBy(() => Real.now() + Number(shift));
