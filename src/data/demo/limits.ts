/** Rate limits: a rolling ten seconds, five searches a second, and the day in the portal's time zone. */
import { dayOf, type Instant } from '../../units/day.ts';
import { errorBody, type Reply } from './call.ts';

export interface LimitSettings {
  /** 100 on small plans, 190 above. */
  readonly perTenSeconds: number;
  readonly searchPerSecond: number;
  readonly perDay: number;
}

export const DEFAULT_LIMITS: LimitSettings = { perTenSeconds: 190, searchPerSecond: 5, perDay: 625_000 };

export type LimitPolicy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

export interface Limits {
  /** Counts the call; null where it may go on. */
  admit(isSearch: boolean): Reply | null;
  headers(): Readonly<Record<string, string>>;
  usage(): { readonly used: number; readonly limit: number; readonly resetsAt: number };
}

const TEN_SECONDS = 10_000;

export function createLimits(settings: LimitSettings | null, now: () => Instant, zone: string, utcOffsetMs: number): Limits {
  const { perTenSeconds, searchPerSecond, perDay } = settings ?? DEFAULT_LIMITS;
  let calls: number[] = [];
  let searches: number[] = [];
  let day = '';
  let used = 0;
  const roll = (): number => {
    const at = now();
    calls = calls.filter((time) => time > at - TEN_SECONDS);
    searches = searches.filter((time) => time > at - 1_000);
    const today = dayOf(at, zone);
    if (today !== day) {
      day = today;
      used = 0;
    }
    return at;
  };
  return {
    admit(isSearch) {
      const at = roll();
      if (settings) {
        if (used >= perDay) return rateLimited('DAILY');
        if (isSearch && searches.length >= searchPerSecond) return rateLimited('SECONDLY');
        if (calls.length >= perTenSeconds) return rateLimited('TEN_SECONDLY_ROLLING');
      }
      calls.push(at);
      if (isSearch) searches.push(at);
      used += 1;
      return null;
    },
    headers: () => ({
      'X-HubSpot-RateLimit-Max': String(perTenSeconds),
      'X-HubSpot-RateLimit-Remaining': String(Math.max(0, perTenSeconds - calls.length)),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(TEN_SECONDS),
      'X-HubSpot-RateLimit-Daily': String(perDay),
      'X-HubSpot-RateLimit-Daily-Remaining': String(Math.max(0, perDay - used)),
    }),
    usage() {
      const at = roll();
      const local = at + utcOffsetMs;
      return { used, limit: perDay, resetsAt: local - (local % 86_400_000) + 86_400_000 - utcOffsetMs };
    },
  };
}

export const rateLimited = (policy: LimitPolicy): Reply => ({
  status: 429,
  body: errorBody('RATE_LIMITS', `You have reached your ${policy.toLowerCase()} limit.`, { errorType: 'RATE_LIMIT', policyName: policy }),
});
