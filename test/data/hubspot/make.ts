/** A gateway for tests: no pacing, no waiting, everything it logs and waits for kept. */
import { createGateway, type GatewayOptions } from '../../../src/data/hubspot/gateway.ts';
import type { Pace } from '../../../src/data/hubspot/pace.ts';
import type { LogEntry } from '../../../src/data/hubspot/transport.ts';
import type { ApiFailure, Gateway } from '../../../src/data/hubspot/types.ts';
import type { Instant } from '../../../src/units/day.ts';
import type { Result } from '../../../src/units/result.ts';

export const CANARY = 'pat-na1-0f1e2d3c-canary-4b5a-6978';
export const NOW = Date.UTC(2026, 10, 20) as Instant;

export const freePace: Pace = { take: async () => 'go', learn: () => undefined, hold: () => undefined };

export interface Made {
  readonly gateway: Gateway;
  readonly log: LogEntry[];
  readonly waits: number[];
}

export function make(base: URL, options: Partial<GatewayOptions> = {}): Made {
  const log: LogEntry[] = [];
  const waits: number[] = [];
  const gateway = createGateway({
    baseUrl: base,
    token: CANARY,
    apiVersion: 'v3',
    pace: freePace,
    now: () => NOW,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
    },
    log: (entry) => log.push(entry),
    timeouts: { connectMs: 1_000, answerMs: 5_000 },
    proxy: { http: null, https: null, no: null },
    ...options,
  });
  return { gateway, log, waits };
}

export function value<T>(result: Result<T, ApiFailure>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export function failure<T>(result: Result<T, ApiFailure>): ApiFailure {
  if (result.ok) throw new Error(`unexpected success: ${JSON.stringify(result.value)}`);
  return result.error;
}
