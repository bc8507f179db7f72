/** The save ledger as its JSON, and as a report to read. */
import { type Action, LATER_DAYS, type Later, type Tally } from '../book/ledger.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatPercent } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import { type Money, toMajor } from '../units/money.ts';
import type { LedgerRun } from '../workspace/ledger.ts';
import type { Part } from './report.ts';
import { Table, textCell } from './report-sheet.ts';

const NOTHING = literal('–');
const NAME_CELLS = 32;

const major = (money: Money | null): number | null => (money === null ? null : toMajor(money));

/** Null where nobody is known, or nobody paid. */
const keptOf = ({ mrrThen, mrr }: Later): number | null => (mrrThen > 0 ? mrr / mrrThen : null);

const tallyJson = ({ accounts, mrr, later }: Tally) => ({
  accounts,
  mrr: toMajor(mrr),
  later: later.map((one) => ({
    days: one.days,
    accounts: one.accounts,
    mrrThen: toMajor(one.mrrThen),
    mrr: one.accounts === 0 ? null : toMajor(one.mrr),
    kept: keptOf(one),
  })),
});

/** Field names are a public contract. */
export function ledgerJson({ asOf, since, currency, policy, ledger }: LedgerRun, limit: number | null): Record<string, unknown> {
  const shown = limit === null ? ledger.actions : ledger.actions.slice(0, limit);
  return {
    asOf,
    policy: policyHash(policy),
    since,
    currency,
    causal: false,
    total: ledger.actions.length,
    actions: shown.map((action) => ({
      id: action.id,
      kind: action.kind,
      day: action.day,
      account: action.accountId,
      name: action.name,
      from: action.from,
      sent: action.sent,
      play: action.play,
      signal: action.signal,
      signals: action.signals.map(({ id, points }) => ({ id, points: Number(points.toFixed(2)) })),
      risk: action.risk,
      band: action.band,
      currency: action.currency,
      mrr: major(action.mrr),
      ...Object.fromEntries(LATER_DAYS.map((days, index) => [`mrr${days}`, major(action.later[index] ?? null)])),
    })),
    all: tallyJson(ledger.all),
    signals: ledger.signals.map(({ signal, acted, alone }) => ({ signal, acted: tallyJson(acted), alone: tallyJson(alone) })),
  };
}

export function ledgerParts(run: LedgerRun, limit: number, lang: Lang): Part[] {
  const { asOf, currency, policy, ledger } = run;
  const say = (key: MessageKey, params = {}): Clean => literal(t(lang, key, params));
  const money = (amount: Money | null, of = currency): Clean => (amount === null ? NOTHING : clean(formatMoney(toMajor(amount), of, lang)));
  const title: Part = { kind: 'title', text: say('proof.ledger.title', { day: formatDay(asOf, lang) }) };
  const { all, actions, signals } = ledger;
  if (actions.length === 0) return [title, { kind: 'sentence', text: say('proof.ledger.none') }];
  const labels = new Map(policy.signals.map((rule) => [rule.id, rule.label[lang]]));
  const label = (id: string | null): Clean => (id === null ? say('proof.ledger.no_signal') : clean(labels.get(id) ?? id));
  const shown = actions.slice(0, limit);
  const later = LATER_DAYS.map((n) => ({ title: say('proof.ledger.column.later', { n }), align: 'right' as const }));
  const column = (key: 'signal' | 'group' | 'accounts' | 'mrr' | 'day' | 'kind' | 'account' | 'risk', right = false) => ({
    title: say(`proof.ledger.column.${key}`),
    ...(right ? { align: 'right' as const } : {}),
  });
  const bySignal: Part[] = [
    { kind: 'heading', text: say('proof.ledger.signals') },
    { kind: 'sentence', text: say('proof.ledger.read') },
    {
      kind: 'table',
      columns: [column('signal'), column('group'), column('accounts', true), column('mrr', true), ...later],
      rows: signals.flatMap(({ signal, acted, alone }) =>
        (['acted', 'alone'] as const).map((group) => {
          const tally = group === 'acted' ? acted : alone;
          const name = group === 'acted' ? label(signal) : literal('');
          return [
            name,
            say(`proof.ledger.${group}`),
            literal(String(tally.accounts)),
            tally.accounts === 0 ? NOTHING : money(tally.mrr),
            ...tally.later.map(keptText),
          ];
        }),
      ),
    },
  ];
  return [
    title,
    { kind: 'sentence', text: say('proof.ledger.caution') },
    { kind: 'sentence', text: say('proof.ledger.all', { n: all.accounts, mrr: money(all.mrr) }) },
    { kind: 'list', items: all.later.map((one) => laterText(one, money, say)) },
    ...(signals.length === 0 ? [] : bySignal),
    { kind: 'heading', text: say('proof.ledger.actions', { n: shown.length }) },
    {
      kind: 'table',
      columns: [
        column('day'),
        column('kind'),
        { ...column('account'), max: NAME_CELLS },
        column('signal'),
        column('risk', true),
        column('mrr', true),
        ...later,
      ],
      rows: shown.map((action) => [
        literal(action.day),
        kindText(action, say),
        clean(action.name ?? action.accountId),
        label(action.signal),
        literal(String(action.risk)),
        money(action.mrr, action.currency),
        ...action.later.map((amount) => money(amount, action.currency)),
      ]),
    },
  ];
}

type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Clean;

function laterText(one: Later, money: (amount: Money) => Clean, say: Say): string {
  const kept = keptOf(one);
  if (kept === null) return say('proof.ledger.later_unknown', { days: one.days });
  const params = { days: one.days, mrr: money(one.mrr), before: money(one.mrrThen), percent: formatPercent(kept), n: one.accounts };
  return say('proof.ledger.later', params);
}

function keptText(one: Later): Clean {
  const kept = keptOf(one);
  return kept === null ? NOTHING : literal(`${formatPercent(kept)} (${one.accounts})`);
}

const KINDS = ['note', 'task', 'call', 'meeting', 'email'] as const;

function kindText({ kind, from }: Action, say: Say): Clean {
  const known = KINDS.find((one) => one === kind);
  const name = known ? say(`proof.kind.${known}`) : clean(kind);
  return from === 'team' ? say('proof.ledger.team', { kind: name }) : name;
}

/** Actions first, as many as were asked for; then what became of the accounts by signal. */
export function ledgerSheets({ currency, ledger }: LedgerRun, limit: number | null, lang: Lang): readonly Sheet[] {
  const actions = new Table(currency, lang, 'files.sheet.ledger')
    .column('id', 'acting.column.id')
    .column('day', 'proof.ledger.column.day', 'day');
  actions.column('kind', 'proof.ledger.column.kind').column('account', 'files.column.account_id');
  actions.column('name', 'proof.ledger.column.account', 'text', { width: 32 }).column('from', 'proof.column.from');
  actions
    .column('sent', 'files.column.sent', 'flag')
    .column('play', 'export.column.play')
    .column('signal', 'proof.ledger.column.signal', 'text', { width: 26 });
  actions
    .column('risk', 'proof.ledger.column.risk', 'number')
    .column('band', 'export.column.band')
    .column('currency', 'export.column.currency');
  actions.column('mrr', 'proof.ledger.column.mrr', 'money');
  const words = (key: 'files.column.mrr_later' | 'files.column.kept', n: number): Clean => literal(t(lang, key, { n }));
  for (const days of LATER_DAYS) actions.named(`mrr${days}`, words('files.column.mrr_later', days), 'money');
  for (const one of limit === null ? ledger.actions : ledger.actions.slice(0, limit)) {
    const what = [clean(one.id), literal(one.day), clean(one.kind), clean(one.accountId), textCell(one.name), literal(one.from), one.sent];
    const why = [textCell(one.play), textCell(one.signal), one.band === null ? null : one.risk, textCell(one.band), clean(one.currency)];
    actions.rowIn(one.currency, ...what, ...why, major(one.mrr), ...LATER_DAYS.map((_, index) => major(one.later[index] ?? null)));
  }
  const tally = new Table(currency, lang, 'files.sheet.tally').column('signal', 'proof.ledger.column.signal', 'text', { width: 26 });
  tally.column('group', 'proof.ledger.column.group').column('accounts', 'proof.ledger.column.accounts', 'number');
  tally.column('mrr', 'proof.ledger.column.mrr', 'money');
  for (const days of LATER_DAYS) tally.named(`kept${days}`, words('files.column.kept', days), 'percent');
  for (const { signal, acted, alone } of ledger.signals)
    for (const [group, one] of [
      ['acted', acted],
      ['alone', alone],
    ] as const)
      tally.row(clean(signal), literal(group), one.accounts, one.accounts === 0 ? null : toMajor(one.mrr), ...one.later.map(keptOf));
  return [actions.sheet(), tally.sheet()];
}
