/** A clock that stands still, for a program whose screens are to be the same every time: loaded first, the instant in KIZASHI_TEST_CLOCK. */
const Real = Date;

/** `at`: milliseconds since 1970. */
export function standAt(at: number): void {
  globalThis.Date = class extends Real {
    constructor(...given: [number]) {
      super(...((given as unknown[]).length === 0 ? ([at] as const) : given));
    }
    static override now(): number {
      return at;
    }
  } as DateConstructor;
}

const wanted = process.env.KIZASHI_TEST_CLOCK;
if (wanted !== undefined) standAt(Number(wanted));
