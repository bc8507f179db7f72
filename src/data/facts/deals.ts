/** Deals: which are won, and which are renewals still open. */
import type { DealFact } from '../../account.ts';
import type { Day } from '../../units/day.ts';
import type { Pipeline } from '../hubspot/types.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';

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

const RENEWAL = /renew|更新|継続/;

/** A deal as a fact: whether it is about a renewal by its name, its type or its pipeline's name. */
export function dealOf(record: StoredRecord, reader: FactReader): DealFact {
  const knownAt = reader.knownAt(record);
  const name = reader.text(record, 'dealname') ?? '';
  const pipeline = reader.context.dealPipelines.find(({ id }) => id === reader.raw(record, 'pipeline'))?.label ?? '';
  const words = [name, reader.text(record, 'dealtype') ?? '', pipeline].map((text) => text.normalize('NFKC').toLowerCase());
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
