/** Faults on demand: which request, and what goes wrong with it. */
import type { LimitPolicy } from './limits.ts';

export interface FaultMatch {
  readonly method?: string;
  /** Tested against path and query. */
  readonly path?: RegExp;
  /** Tested against the request's body. */
  readonly body?: RegExp;
  /** The nth request (from 1) that fits the rest; absent: from the first on. */
  readonly nth?: number;
  /** How many requests from there on; default 1 with `nth`, else all. */
  readonly times?: number;
}

/** `apply` says whether the request takes effect before the fault; default false. */
export type FaultAction =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly apply?: boolean;
      /** Sent as JSON; a `text` goes out as it is, as `contentType` (null: no content type); neither: no body. */
      readonly json?: unknown;
      readonly text?: string;
      readonly contentType?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'rate-limit'; readonly policy: LimitPolicy; readonly retryAfter?: number }
  /** No answer at all. */
  | { readonly kind: 'hang'; readonly apply?: boolean }
  /** Headers and half of the body, then silence. */
  | { readonly kind: 'hang-mid-body'; readonly apply?: boolean }
  | { readonly kind: 'reset'; readonly apply?: boolean }
  /** Applied; half of the answer, then the connection breaks. */
  | { readonly kind: 'cut-reply' }
  /** Applied; a complete answer whose JSON stops in the middle. */
  | { readonly kind: 'cut-json' }
  /** Applied; `{}` with the status of success. */
  | { readonly kind: 'empty-object' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Answers when the promise does. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 307 | 308 }
  /** `paging.next.link` leads to another host. */
  | { readonly kind: 'foreign-link'; readonly host: string }
  | { readonly kind: 'drop-paging' }
  /** No answer; applied so many milliseconds after the client gave up. */
  | { readonly kind: 'commit-later'; readonly ms: number };

export interface Fault {
  readonly match: FaultMatch;
  readonly action: FaultAction;
}

export interface FaultPlan {
  set(faults: readonly Fault[]): void;
  /** The action for this request, counting it for every fault that fits. */
  next(method: string, path: string, body: string): FaultAction | null;
}

export function createFaultPlan(initial: readonly Fault[]): FaultPlan {
  let entries: { readonly fault: Fault; seen: number }[] = [];
  const set = (faults: readonly Fault[]) => {
    entries = faults.map((fault) => ({ fault, seen: 0 }));
  };
  set(initial);
  return {
    set,
    next(method, path, body) {
      let action: FaultAction | null = null;
      for (const entry of entries) {
        const { match } = entry.fault;
        const fits = (match.method ?? method) === method && fitsText(match.path, path) && fitsText(match.body, body);
        if (!fits) continue;
        entry.seen += 1;
        const first = match.nth ?? 1;
        const times = match.times ?? (match.nth === undefined ? Number.POSITIVE_INFINITY : 1);
        if (action === null && entry.seen >= first && entry.seen < first + times) action = entry.fault.action;
      }
      return action;
    },
  };
}

/** `search` ignores `lastIndex`, so a pattern with the g flag is no trap. */
const fitsText = (pattern: RegExp | undefined, text: string): boolean => pattern === undefined || text.search(pattern) >= 0;
