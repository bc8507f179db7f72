/** Deals: which are won, and which are renewals still open. */
import type { AccountAttributes, DealFact } from '../../account.ts';
import type { Day } from '../../units/day.ts';
import type { Pipeline } from '../hubspot/types.ts';
import type { StoredRecord } from '../store/types.ts';
import { byId, type FactReader } from './reader.ts';

type StageState = 'won' | 'lost' | 'open';

const states = new WeakMap<readonly Pipeline[], ReadonlyMap<string, StageState>>();

/** By pipeline and stage: a stage is won where the portal calls it closed and sure. */
function stagesOf(pipelines: readonly Pipeline[]): ReadonlyMap<string, StageState> {
  let found = states.get(pipelines);
  if (!found) {
    found = new Map(
      pipelines.flatMap((pipeline) =>
        pipeline.stages.map((stage): [string, StageState] => {
          const { isClosed, probability } = stage.metadata;
          const closed = isClosed?.toLowerCase() === 'true';
          return [`${pipeline.id}/${stage.id}`, !closed ? 'open' : Number(probability) === 1 ? 'won' : 'lost'];
        }),
      ),
    );
    states.set(pipelines, found);
  }
  return found;
}

/** By the stage's own metadata; of a stage that no pipeline has, by what HubSpot keeps on the deal. */
export function dealState(deal: StoredRecord, reader: FactReader): StageState {
  const stage = `${reader.raw(deal, 'pipeline') ?? ''}/${reader.raw(deal, 'dealstage') ?? ''}`;
  const known = stagesOf(reader.context.dealPipelines).get(stage);
  if (known) return known;
  if (reader.raw(deal, 'hs_is_closed_won') === 'true') return 'won';
  return reader.raw(deal, 'hs_is_closed') === 'true' ? 'lost' : 'open';
}

/**
 * The day on which the deal was known to be won or lost: its close date, but not later than its last change, since people enter
 * close dates that are still to come.
 */
export function closedOn(deal: StoredRecord, reader: FactReader): Day {
  const closed = reader.day(deal, 'closedate') ?? reader.knownAt(deal);
  const changed = reader.dayOf(deal.updatedAt);
  return closed < changed ? closed : changed;
}

/** HubSpot's recurring revenue on deals: what kind of deal it is, and why and since when its revenue is not collected any more. */
const RECURRING_TYPE = 'recurring_revenue_deal_type';
const INACTIVE_ON = 'recurring_revenue_inactive_date';
const INACTIVE_REASON = 'recurring_revenue_inactive_reason';
/** Another deal took the place of this one. */
const REPLACED = /^(?:renewal|upgrade|downgrade)$/i;

/** Why deals brought nothing any more, where recurring revenue is kept on deals and no property of the company is mapped for it. */
export function leavingReasons(deals: readonly StoredRecord[], reader: FactReader): Pick<AccountAttributes, 'churnReason'> {
  const { mapping } = reader.context;
  if (mapping['churn.reason'] !== undefined || mapping['mrr.source'] !== 'deal-properties') return {};
  const churnReason = deals.flatMap((deal) => {
    const value = reader.text(deal, INACTIVE_REASON);
    const validAt = reader.day(deal, mapping['mrr.end'] ?? INACTIVE_ON);
    if (value === null || validAt === null || REPLACED.test(value) || dealState(deal, reader) !== 'won') return [];
    return [{ value, validAt, knownAt: reader.dayOf(deal.updatedAt), source: reader.source(deal, INACTIVE_REASON) }];
  });
  churnReason.sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : byId(a.source.id, b.source.id)));
  return { churnReason };
}

/**
 * Whether the deal is another company's: it hangs on several and HubSpot names the other one as its primary company. What
 * was merged into this company is this company.
 */
export function isElsewhere(deal: StoredRecord, company: StoredRecord, reader: FactReader): boolean {
  const primary = reader.raw(deal, PRIMARY_COMPANY)?.trim() ?? '';
  if (primary === '' || primary === company.id) return false;
  const merged = reader.raw(company, 'hs_merged_object_ids') ?? '';
  if (merged.split(';').some((id) => id.trim() === primary)) return false;
  reader.report('shared', reader.source(deal, PRIMARY_COMPANY), primary);
  return true;
}

const PRIMARY_COMPANY = 'hs_primary_associated_company';

const RENEWAL = /renew|更新|継続/;

/** A deal as a fact: whether it is about a renewal by its name, its type or its pipeline's name. */
export function dealOf(record: StoredRecord, reader: FactReader): DealFact {
  const knownAt = reader.knownAt(record);
  const name = reader.text(record, 'dealname') ?? '';
  const pipeline = reader.context.dealPipelines.find(({ id }) => id === reader.raw(record, 'pipeline'))?.label ?? '';
  const types = ['dealtype', RECURRING_TYPE].map((property) => reader.text(record, property) ?? '');
  const words = [name, ...types, pipeline].map((text) => text.normalize('NFKC').toLowerCase());
  return {
    validAt: reader.day(record, 'createdate') ?? knownAt,
    knownAt,
    source: reader.source(record),
    name,
    text: reader.raw(record, 'description'),
    closedOn: dealState(record, reader) === 'open' ? null : closedOn(record, reader),
    renewal: words.some((text) => RENEWAL.test(text)),
  };
}
