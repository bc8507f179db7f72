/** Figures of an account as cells: what each says where the value is unknown, and which tone it wears. */
import type { BookRow } from '../book/row.ts';
import { say } from '../components/say.ts';
import { type Cell, cell } from '../components/table.ts';
import type { Tone } from '../components/theme.ts';
import type { Band, Bilingual } from '../policy.ts';
import { type Clean, cleanLine, join, literal } from '../text/clean.ts';
import { formatChange, formatDay, formatDays, formatMoney, formatPercent } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';

/** Unknown is shown as unknown, never as zero. */
export const UNKNOWN = literal('–');
export const SEPARATOR = literal(' · ');
export const NOTHING = literal('');

const BAND_GLYPHS: Readonly<Record<Band | 'unknown', string>> = { critical: '‼', high: '!', watch: '·', low: ' ', unknown: '?' };

const BAND_TONES: Readonly<Record<Band | 'unknown', Tone>> = {
  critical: 'critical',
  high: 'high',
  watch: 'plain',
  low: 'low',
  unknown: 'quiet',
};

export const bandTone = (band: Band | null): Tone => BAND_TONES[band ?? 'unknown'];

export const bandWord = (band: Band | null, lang: Lang): Clean => say(lang, `book.band.${band ?? 'unknown'}`);

/** `‼ critical`, or the glyph alone. */
export function bandCell(band: Band | null, lang: Lang, withWord: boolean): Cell {
  const glyph = BAND_GLYPHS[band ?? 'unknown'];
  return cell(literal(withWord ? `${glyph} ${bandWord(band, lang)}` : glyph), bandTone(band));
}

export const moneyCell = (amount: number | null, currency: string, lang: Lang, tone: Tone = 'plain'): Cell =>
  amount === null ? cell(UNKNOWN, 'quiet') : cell(cleanLine(formatMoney(amount, currency, lang)), tone);

/** The change over three months as a share of what it was; quiet where nothing moved. */
export const changeCell = ({ mrr, mrrChange3m }: BookRow): Cell => shareCell(mrr, mrrChange3m);

/** `change` as a share of what `now` was before it. */
export function shareCell(now: number | null, change: number | null): Cell {
  if (now === null || change === null) return cell(UNKNOWN, 'quiet');
  const before = now - change;
  if (before <= 0) return change > 0 ? cell(literal('+∞'), 'better') : cell(UNKNOWN, 'quiet');
  const share = change / before;
  const text = literal(formatPercent(Math.min(share, 9.99), { signed: true }));
  return cell(text, share <= -0.005 ? 'worse' : share >= 0.005 ? 'better' : 'quiet');
}

/** `▲12` is worse: the risk rose. */
export function riskChangeCell(change: number | null): Cell {
  if (change === null) return cell(NOTHING);
  return cell(literal(formatChange(change)), change >= 0.5 ? 'worse' : change <= -0.5 ? 'better' : 'quiet');
}

export function renewalCell(row: BookRow, lang: Lang): Cell {
  if (row.stratum === 'monthly') return cell(say(lang, 'app.renewal.monthly'), 'quiet');
  if (row.daysToRenewal === null) return cell(UNKNOWN, 'quiet');
  return cell(literal(formatDays(row.daysToRenewal, lang)), row.daysToRenewal < 0 ? 'worse' : 'plain');
}

export const inWords = (text: Bilingual, lang: Lang): Clean => cleanLine(text[lang]);

/** The signals that raise the risk, strongest first and `most` at most, as a CSM would say them. */
export function why(row: BookRow, lang: Lang, most = Number.POSITIVE_INFINITY): Clean {
  const said = row.signals
    .filter((signal) => signal.points > 0 && !signal.dismissed)
    .slice(0, most)
    .map((signal) => inWords(signal.short, lang));
  const all = [
    ...(row.overduePlay ? [say(lang, 'plays.overdue_short', { day: formatDay(row.overduePlay.since, lang, 'short') })] : []),
    ...(row.returned ? [say(lang, `quiet.returned.${row.returned.because}`)] : []),
    ...said,
  ];
  return all.length === 0 ? say(lang, 'app.why.nothing') : join(all, lang === 'ja' ? literal('・') : SEPARATOR);
}

export const money = (amount: number, row: BookRow, lang: Lang): Clean => cleanLine(formatMoney(amount, row.currency, lang));

/** Value, renewal with its notice day, age: what is known of the contract. */
export function contractWords(row: BookRow, lang: Lang): Clean {
  const parts: string[] = [];
  if (row.contractValue !== null) parts.push(money(row.contractValue, row, lang) + (row.contractValueDerived ? '*' : ''));
  if (row.stratum === 'monthly') parts.push(say(lang, 'app.renewal.monthly'));
  else if (row.renewalDate !== null && row.daysToRenewal !== null) {
    const notice = row.noticeBy === null ? '' : say(lang, 'app.fact.notice', { day: formatDay(row.noticeBy, lang, 'short') });
    parts.push(say(lang, 'app.fact.renews', { day: formatDay(row.renewalDate, lang), n: formatDays(row.daysToRenewal, lang), notice }));
  }
  if (row.contractAgeMonths !== null) parts.push(say(lang, 'app.fact.age', { n: row.contractAgeMonths }));
  return parts.length === 0 ? UNKNOWN : literal(parts.join(' · '));
}
