/** What was agreed with the customer, a line a fact; what is not known is said. */
import type { AccountView } from '../../book/account-view.ts';
import { cutLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { Tone } from '../../components/theme.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { addDays } from '../../units/day.ts';
import { money, SEPARATOR } from '../figures.ts';

interface Said {
  readonly words: Clean;
  readonly tone: Tone;
}

const said = (words: Clean, tone: Tone = 'plain'): Said => ({ words, tone });

export function contractSection(view: AccountView, width: number, lang: Lang): Line[] {
  const unknown = said(say(lang, 'account.unknown'), 'quiet');
  const facts = [
    ['value', amountOf(view, lang)],
    ['start', startOf(view, lang)],
    ['term', termOf(view, lang)],
    ['renewal', renewalOf(view, lang)],
    ['notice', noticeOf(view, lang)],
  ] as const;
  const label = (name: (typeof facts)[number][0]): Clean => say(lang, `account.contract.${name}`);
  const labels = Math.max(...facts.map(([name]) => cellWidth(label(name))));
  return [
    [span(say(lang, 'account.section.contract'), 'strong')],
    ...facts.map(([name, fact]): Line => {
      const { words, tone } = fact ?? unknown;
      return cutLine([gap(1), span(fit(label(name), labels), 'quiet'), gap(2), span(words, tone)], width);
    }),
  ];
}

function amountOf({ row }: AccountView, lang: Lang): Said | null {
  if (row.contractValue === null) return null;
  const amount = money(row.contractValue, row, lang);
  return said(row.contractValueDerived ? say(lang, 'account.contract.value.derived', { amount }) : amount);
}

function startOf({ row, contract }: AccountView, lang: Lang): Said | null {
  if (contract.start === null) return null;
  const day = formatDay(contract.start, lang);
  if (contract.startDerived) return said(say(lang, 'account.contract.start.derived', { day }));
  return said(row.contractAgeMonths === null ? literal(day) : say(lang, 'account.contract.age', { day, n: row.contractAgeMonths }));
}

function termOf({ contract }: AccountView, lang: Lang): Said | null {
  const { termMonths, billing, billingLabel } = contract;
  const parts = [
    ...(termMonths === null ? [] : [say(lang, 'account.contract.months', { n: termMonths })]),
    ...(billing === null ? [] : [say(lang, 'account.contract.billing', { cycle: cycleWords(billing, billingLabel, lang) })]),
  ];
  return parts.length === 0 ? null : said(join(parts, SEPARATOR));
}

const CYCLES = ['monthly', 'quarterly', 'semiannual', 'annual'] as const;

/** The usual cycles by name; what else a portal says as it says it. */
function cycleWords(billing: string, label: string | null, lang: Lang): Clean {
  const known = CYCLES.find((cycle) => cycle === billing.trim().toLowerCase());
  return known ? say(lang, `account.billing.${known}`) : cleanLine(label ?? billing);
}

function renewalOf({ row, contract }: AccountView, lang: Lang): Said | null {
  if (contract.renewal === null) return row.stratum === 'monthly' ? said(say(lang, 'account.contract.renewal.monthly')) : null;
  const day = formatDay(contract.renewal, lang, 'full');
  const n = row.daysToRenewal ?? 0;
  if (n === 0) return said(say(lang, 'account.contract.renewal.today', { day }));
  return n > 0
    ? said(say(lang, 'account.contract.renewal.in', { day, n }))
    : said(say(lang, 'account.contract.renewal.past', { day, n: -n }), 'worse');
}

/** Until when it can be given, or that it was. */
function noticeOf({ row, contract }: AccountView, lang: Lang): Said {
  const { noticeDays: n, noticeAssumed, noticeGivenOn, renewal } = contract;
  if (noticeGivenOn !== null) return said(say(lang, 'account.contract.notice.given', { day: formatDay(noticeGivenOn, lang) }), 'worse');
  const assumed = noticeAssumed ? [say(lang, 'account.contract.notice.assumed')] : [];
  if (renewal === null) return said(join([say(lang, 'account.contract.notice.days', { n }), ...assumed], SEPARATOR));
  const day = formatDay(addDays(renewal, -n), lang);
  const isOver = row.daysToRenewal !== null && row.daysToRenewal < n;
  const by = isOver ? say(lang, 'account.contract.notice.over', { day }) : say(lang, 'account.contract.notice.by', { day, n });
  return said(join([by, ...assumed], SEPARATOR));
}
