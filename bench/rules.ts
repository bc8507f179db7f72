/** How fast another weight re-ranks a book whose readings are in memory, beside reading the same facts from the store. */
import { TOP, whatIf } from '../src/rules/what-if.ts';
import { Reweigher } from '../src/scoring/reweigh.ts';
import type { Instant } from '../src/units/day.ts';
import { openDesk } from '../src/workspace/desk.ts';
import { readProfile } from '../src/workspace/profile.ts';
import { openSession } from '../src/workspace/session.ts';
import { type Figure, figure, inTurns } from './measure.ts';
import { storeOf } from './store.ts';

export async function whatIfFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const { env, accounts: found } = await storeOf(accounts);
  const now = (): Instant => Date.now() as Instant;
  const profile = readProfile({
    home: env.KIZASHI_HOME ?? null,
    profile: 'default',
    demo: false,
    asOf: null,
    offline: true,
    verbose: false,
    env,
    now,
  });
  if (!profile.ok) throw new Error(profile.error.kind);
  const session = openSession(profile.value, new AbortController().signal);
  try {
    const desk = await openDesk(session, 'en');
    const { sheet, inForce } = await desk.rules();
    const { policy } = inForce;
    const reweigher = new Reweigher(sheet, policy);
    let points = 14;
    const timed = async (job: () => unknown): Promise<number> => {
      const from = performance.now();
      await job();
      return performance.now() - from;
    };
    const change = () => {
      points += 1;
      const signals = policy.signals.map((rule) => (rule.id === 'usage.last_login' ? { ...rule, points } : rule));
      whatIf(reweigher, { ...policy, signals }, [], TOP);
    };
    const times = await inTurns({ weigh: () => timed(change), read: () => timed(() => desk.rules()) }, rounds);
    return [figure(`another weight, ${found} accounts`, times.weigh, 'reading them from the store', times.read)];
  } finally {
    await session.close();
  }
}
