/** The groups of a new experiment, as the command line asks for them. */
import { readFileSync } from 'node:fs';
import { type BookFilter, matches } from '../book/filters.ts';
import type { BookRow, BookSnapshot } from '../book/row.ts';
import { drawGroups, LEAST_GROUP, type Side } from '../scoring/experiment.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { seeded } from '../units/random.ts';
import type { Desk } from '../workspace/desk.ts';
import type { StoredExperiment } from '../workspace/experiments.ts';
import { readAll } from './body.ts';
import { type Context, flag, type Invocation, many, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { listOptions } from './filter-options.ts';
import { accountRow, ownerId } from './owners.ts';
import { wholeOption } from './whole.ts';

export type Groups = Pick<StoredExperiment, 'choice' | 'accounts'>;

const SHOWN_NAMES = 5;
const SEEDS = 1_000_000;
/** As `--target KEY=VALUE` takes them; the names are those of the options. */
const GROUP_FILTERS = ['owner', 'team', 'tier', 'band', 'signal', 'segment', 'industry', 'product', 'plan', 'renewal-within', 'query'];

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

export async function groupsOf(context: Context, invocation: Invocation, desk: Desk): Promise<Groups> {
  const snapshot = await desk.book();
  const set = await filtered(context, desk, snapshot, invocation);
  const words = {
    target: [...many(invocation, 'target'), ...(await lines(context, option(invocation, 'targetFile')))],
    control: [...many(invocation, 'control'), ...(await lines(context, option(invocation, 'controlFile')))],
  };
  const isChosen = words.target.length > 0 || words.control.length > 0 || flag(invocation, 'rest');
  const draw = option(invocation, 'draw');
  if (draw !== undefined) {
    if (isChosen) throw usage(t(context.lang, 'proof.error.draw_or_choose'));
    return checked(context, drawn(context, invocation, set, draw));
  }
  if (words.target.length === 0) throw usage(t(context.lang, 'proof.usage.new'));
  const target = await chosen(context, desk, { ...snapshot, rows: set }, words.target);
  const isRest = flag(invocation, 'rest');
  if (isRest && words.control.length > 0) throw usage(t(context.lang, 'proof.error.rest_or_control'));
  const taken = new Set(target);
  const control = isRest ? set.filter((row) => !taken.has(row)) : await chosen(context, desk, { ...snapshot, rows: set }, words.control);
  return checked(context, {
    choice: { kind: 'chosen', target: words.target, control: isRest ? ['--rest'] : words.control },
    accounts: [...members(target, 'target'), ...members(control, 'control')],
  });
}

/** Who is snoozed belongs to the groups like everybody else. */
async function filtered(context: Context, desk: Desk, snapshot: BookSnapshot, invocation: Invocation): Promise<readonly BookRow[]> {
  const { filter, owner } = listOptions(context, invocation);
  const wanted: BookFilter = { ...filter, includeSnoozed: true };
  const ownedBy = await ownerId(context, desk, owner);
  return snapshot.rows.filter((row) => matches(row, wanted) && (ownedBy === null || row.owner?.id === ownedBy));
}

async function chosen(context: Context, desk: Desk, snapshot: BookSnapshot, words: readonly string[]): Promise<readonly BookRow[]> {
  const found = new Set<BookRow>();
  for (const word of words) {
    const [, name = '', value = ''] = /^([a-z-]+)=(.+)$/s.exec(word) ?? [];
    if (name === '') found.add(accountRow(context, snapshot, word));
    else for (const row of await filtered(context, desk, snapshot, filterInvocation(context, word, name, value))) found.add(row);
  }
  return [...found];
}

function filterInvocation(context: Context, word: string, name: string, value: string): Invocation {
  if (!GROUP_FILTERS.includes(name))
    throw usage(
      t(context.lang, 'proof.error.bad_filter', { value: clean(word), allowed: GROUP_FILTERS.map((one) => `${one}=`).join(', ') }),
    );
  return { args: [], options: { [name === 'renewal-within' ? 'renewalWithin' : name]: value } };
}

function drawn(context: Context, invocation: Invocation, set: readonly BookRow[], draw: string): Groups {
  if (draw !== 'all' && !/^\d{1,6}$/.test(draw)) throw usage(t(context.lang, 'proof.error.bad_draw', { value: clean(draw) }));
  const seed = wholeOption(context, invocation, 'seed') ?? Math.floor(Math.random() * SEEDS);
  // The book's order is that of priority, which changes by the hour.
  const byId = [...set].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { target, control } = drawGroups(byId, ({ tier }) => tier ?? '', seeded(seed), draw === 'all' ? null : Number(draw));
  return {
    choice: { kind: 'drawn', seed, among: set.length },
    accounts: [...members(target, 'target'), ...members(control, 'control')],
  };
}

const members = (rows: readonly BookRow[], side: Side): Groups['accounts'] => rows.map(({ id, name }) => ({ id, name, side }));

function checked(context: Context, groups: Groups): Groups {
  const side = (wanted: Side) => groups.accounts.filter((account) => account.side === wanted);
  const [target, control] = [side('target'), side('control')];
  const inTarget = new Set(target.map(({ id }) => id));
  const both = control.filter(({ id }) => inTarget.has(id));
  if (both.length > 0) {
    const names = both.slice(0, SHOWN_NAMES).map(({ name }) => clean(name));
    throw usage(t(context.lang, 'proof.error.both', { names: `${names.join(', ')}${both.length > SHOWN_NAMES ? ', …' : ''}` }));
  }
  if (Math.min(target.length, control.length) < LEAST_GROUP) {
    const params = { target: target.length, control: control.length, least: LEAST_GROUP };
    throw usage(t(context.lang, 'proof.error.small', params));
  }
  return groups;
}

/** The lines of a file that say something. */
async function lines(context: Context, file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return [];
  let text: string;
  try {
    text = file === '-' ? await readAll(context.stdin) : readFileSync(file, 'utf8');
  } catch (error) {
    const message = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usage(t(context.lang, 'proof.error.no_file', { file: clean(file), message: clean(message) }));
  }
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
