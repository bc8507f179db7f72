/** What reads the whole store: scoring, the brief, the reports' columns, what the rules do. */
import type { BriefSummary, SinceWish } from '../book/brief.ts';
import { openBooks } from './books.ts';
import { readBrief } from './morning.ts';
import { scopeOf } from './profile.ts';
import type { RulesView } from './rules.ts';
import type { Session } from './session.ts';

export type Sum =
  | { readonly kind: 'score' }
  | { readonly kind: 'brief'; readonly since: SinceWish }
  | { readonly kind: 'reports' }
  | { readonly kind: 'rules' };

/** What each gives back. */
export interface Sums {
  readonly score: null;
  /** null before there is a whole book. */
  readonly brief: BriefSummary | null;
  readonly reports: null;
  readonly rules: RulesView;
}

export interface Reckoner {
  /** One at a time. Throws as the books do. */
  run<Kind extends Sum['kind']>(sum: Extract<Sum, { kind: Kind }>): Promise<Sums[Kind]>;
}

export async function reckon(session: Session, sum: Sum): Promise<Sums[Sum['kind']]> {
  const scope = scopeOf(session.profile.settings);
  if (scope === null) return null;
  switch (sum.kind) {
    case 'score':
      await (await openBooks(session, scope, 'partial')).current();
      return null;
    case 'brief': {
      const books = await openBooks(session, scope, 'partial');
      return readBrief(session, books, sum.since, session.profile.settings.me?.ownerId ?? null);
    }
    case 'reports':
      await (await import('./revenue.ts')).keepRevenue(session, await openBooks(session, scope));
      return null;
    case 'rules':
      return (await import('./rules.ts')).readRules(session, await openBooks(session, scope));
  }
}

/** In this thread, by this session. */
export const reckonerHere = (session: Session): Reckoner => ({
  run: async <Kind extends Sum['kind']>(sum: Extract<Sum, { kind: Kind }>) => (await reckon(session, sum)) as Sums[Kind],
});
