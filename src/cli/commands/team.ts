/** How much each success manager has on their hands, and what is to be handed over. */
import type { BookRow } from '../../book/row.ts';
import { handover, type OwnerLoad, teamLoad } from '../../book/team.ts';
import { WHOLE_PORTAL } from '../../data/store/types.ts';
import { type Clean, clean, literal } from '../../text/clean.ts';
import { formatDay, formatMoney } from '../../text/format.ts';
import { type Lang, type MessageKey, t } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import { actionsOfWeek } from '../../workspace/team.ts';
import { option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { EXIT } from '../exit.ts';
import { ownerId, teamNamed } from '../owners.ts';
import { writeJson } from '../print.ts';
import { type Part, renderReport } from '../report.ts';
import { formatOf } from '../report-format.ts';

const NAME_CELLS = 32;
const NOTHING = literal('–');

export const run: Run = (context, invocation) => {
  const format = formatOf(context, invocation);
  return withDesk(context, async (desk, session) => {
    const leaving = await ownerId(context, desk, option(invocation, 'leaving') ?? null);
    const owners = await desk.owners();
    const team = option(invocation, 'team');
    if (team !== undefined) teamNamed(context, owners, team);
    const book = await desk.bookOf(WHOLE_PORTAL);
    const accounts = book.rows.map(({ id }) => id);
    const all = teamLoad({ book, owners, tasks: await desk.tasks(book), actions7d: await actionsOfWeek(session, accounts, desk.asOf) });
    const load = all.filter((one) => team === undefined || (one.team !== null && searchKey(one.team) === searchKey(team)));
    const given = handover(book.rows, owners, leaving);
    if (context.json)
      writeJson(context, { asOf: desk.asOf, currency: book.currency, leaving, owners: load, handover: given.map(handoverJson) });
    else {
      const title: Part = { kind: 'title', text: literal(t(context.lang, 'team.title', { day: formatDay(desk.asOf, context.lang) })) };
      const parts = [title, loadPart(load, book.currency, context.lang), ...handoverParts(given, context.lang)];
      context.stdout.write(renderReport(parts, format));
    }
    return EXIT.done;
  });
};

const handoverJson = ({ id, name, url, owner, mrr, currency, risk, band, renewalDate, lastTouchAt, expectedLoss }: BookRow) => ({
  id,
  name,
  url,
  owner,
  mrr,
  currency,
  risk,
  band,
  renewalDate,
  lastTouchAt,
  expectedLoss,
});

const saying =
  (lang: Lang) =>
  (key: MessageKey): Clean =>
    literal(t(lang, key));

function loadPart(load: readonly OwnerLoad[], currency: string, lang: Lang): Part {
  const say = saying(lang);
  const money = (amount: number | null): Clean => (amount === null ? NOTHING : clean(formatMoney(amount, currency, lang)));
  const right = (key: MessageKey) => ({ title: say(key), align: 'right' as const });
  return {
    kind: 'table',
    columns: [
      { title: say('team.column.owner'), max: NAME_CELLS },
      { title: say('team.column.team') },
      right('team.column.accounts'),
      right('team.column.mrr'),
      right('team.column.at_risk'),
      right('team.column.risky'),
      right('team.column.overdue'),
      right('team.column.actions'),
    ],
    rows: load.map((one) => [
      ownerText(one, lang),
      one.team === null ? NOTHING : clean(one.team),
      literal(String(one.accounts)),
      money(one.mrr),
      money(one.mrrAtRisk),
      literal(String(one.risky)),
      literal(String(one.overdueTasks)),
      literal(String(one.actions7d)),
    ]),
  };
}

function ownerText({ owner }: OwnerLoad, lang: Lang): Clean {
  if (owner === null) return literal(t(lang, 'team.nobody'));
  return owner.active ? clean(owner.name) : literal(t(lang, 'team.gone', { name: clean(owner.name) }));
}

function handoverParts(rows: readonly BookRow[], lang: Lang): Part[] {
  const say = saying(lang);
  if (rows.length === 0) return [{ kind: 'sentence', text: say('team.handover_none') }];
  return [
    { kind: 'heading', text: say('team.handover') },
    {
      kind: 'table',
      columns: [
        { title: say('team.column.account'), max: NAME_CELLS },
        { title: say('team.column.owner'), max: NAME_CELLS },
        { title: say('team.column.mrr'), align: 'right' },
        { title: say('team.column.risk'), align: 'right' },
        { title: say('team.column.renewal') },
        { title: say('team.column.touch') },
      ],
      rows: rows.map((row) => [
        clean(row.name),
        row.owner === null ? NOTHING : clean(row.owner.name),
        row.mrr === null ? NOTHING : clean(formatMoney(row.mrr, row.currency, lang)),
        literal(row.band === null ? '–' : String(row.risk)),
        row.renewalDate === null ? NOTHING : literal(row.renewalDate),
        row.lastTouchAt === null ? NOTHING : literal(row.lastTouchAt),
      ]),
    },
  ];
}
