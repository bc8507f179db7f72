/** Experiments: kept as they are made, measured whenever they are looked at. */
import { runTrial, type TrialResult } from '../book/experiment.ts';
import type { Cache } from '../data/store/cache.ts';
import { experiments, keepExperiment, type StoredExperiment } from '../data/store/experiments.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import { searchKey } from '../text/search.ts';
import { type Day, dayOf } from '../units/day.ts';
import { ownBooks, readHistory } from './history.ts';
import type { Session } from './session.ts';

export type { Choice, StoredExperiment } from '../data/store/experiments.ts';

export interface ExperimentView {
  readonly asOf: Day;
  readonly experiment: StoredExperiment;
  /** The portal's day on which the groups were made. */
  readonly madeOn: Day;
  readonly state: ExperimentState;
}

export type ExperimentState = 'planned' | 'running' | 'ended';

export interface ExperimentRun extends ExperimentView {
  readonly currency: string;
  /** Of the policy that gives the risk, on both days. */
  readonly policyHash: string;
  readonly result: TrialResult;
  /** Other experiments of the same days, with how many of these accounts are in them. */
  readonly alsoIn: readonly { readonly name: string; readonly n: number }[];
}

/** False where the name is taken. Throws `NeverSyncedError`. */
export async function makeExperiment(session: Session, experiment: Omit<StoredExperiment, 'madeAt'>): Promise<boolean> {
  const { portal } = await ownBooks(session);
  return keepExperiment((await session.local()).db, portal.portalId, { ...experiment, madeAt: session.profile.options.now() });
}

const stateOf = ({ from, to }: StoredExperiment, asOf: Day): ExperimentState => (asOf < from ? 'planned' : asOf < to ? 'running' : 'ended');

/** Oldest first. */
export async function listExperiments(session: Session): Promise<readonly ExperimentView[]> {
  const { portal, asOf } = await ownBooks(session);
  const kept = await experiments((await session.local()).db, portal.portalId);
  return kept.map((experiment) => ({
    asOf,
    experiment,
    madeOn: dayOf(experiment.madeAt, portal.timeZone),
    state: stateOf(experiment, asOf),
  }));
}

/** Null where no experiment has that name; case and width make no difference. */
export async function measureExperiment(session: Session, name: string): Promise<ExperimentRun | null> {
  const all = await listExperiments(session);
  const view =
    all.find(({ experiment }) => experiment.name === name) ?? all.find(({ experiment }) => searchKey(experiment.name) === searchKey(name));
  if (!view) return null;
  const books = await ownBooks(session);
  const members = await survivors(await session.cache(), view.experiment.accounts);
  const history = await readHistory(
    session,
    books,
    members.map(({ id }) => id),
  );
  const { from, to } = view.experiment;
  const result = runTrial({ from, to, members }, { ...history, asOf: books.asOf, currency: books.portal.currency, policy: books.policy });
  return { ...view, currency: books.portal.currency, policyHash: policyHash(books.policy), result, alsoIn: sharing(view.experiment, all) };
}

function sharing(own: StoredExperiment, all: readonly ExperimentView[]): ExperimentRun['alsoIn'] {
  const ids = new Set(own.accounts.map(({ id }) => id));
  return all.flatMap(({ experiment: { name, from, to, accounts } }) => {
    const n = accounts.filter(({ id }) => ids.has(id)).length;
    return name === own.name || n === 0 || to < own.from || from > own.to ? [] : [{ name, n }];
  });
}

/** A company that was merged goes on as the one that survived, unless that is in the experiment itself. */
async function survivors(cache: Cache, accounts: StoredExperiment['accounts']): Promise<StoredExperiment['accounts']> {
  const taken = new Set(accounts.map(({ id }) => id));
  const found: StoredExperiment['accounts'][number][] = [];
  for (const account of accounts) {
    const survivor = (await cache.goneRecord('companies', account.id))?.mergedInto ?? null;
    const isFree = survivor !== null && !taken.has(survivor);
    if (isFree) taken.add(survivor);
    found.push(isFree ? { ...account, id: survivor } : account);
  }
  return found;
}
