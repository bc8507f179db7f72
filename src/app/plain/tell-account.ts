/** One account in words: who it is, then section by section, or line by line. Pure. */
import type { AccountView } from '../../book/account-view.ts';
import type { Line } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { accountText, FIRST_LOOK } from '../../screens/account/view-model.ts';
import { money } from '../../screens/figures.ts';
import { rowWords } from '../../screens/row-words.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatMonth } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { type Context, findRow } from '../context.ts';
import type { Screen } from '../state.ts';
import type { Place } from './telling.ts';
import { toldLines } from './words.ts';

export function tellAccount(context: Context, screen: Extract<Screen, { name: 'account' }>): Place {
  const { ui, snapshot, lang } = context;
  const place = `account ${screen.id}`;
  const row = findRow(snapshot, screen.id);
  if (!row) return { place, lines: [say(lang, 'app.account.gone')], focus: [] };
  const lines = [rowWords(row, null, false, lang)];
  const view = ui.account?.id === screen.id ? ui.account.view : null;
  if (!view) return { place, lines, focus: [] };
  const { lines: body, sections } = accountText({ view, width: ui.size.columns, lang, look: screen.look ?? FIRST_LOOK });
  const at = sections.indexOf(screen.offset);
  const to = at < 0 ? screen.offset + 1 : (sections[at + 1] ?? body.length);
  const told =
    at >= 0 && at === chartAt(body, sections, view, lang) ? chartWords(view, lang) : toldLines(body.slice(screen.offset, to), lang);
  return { place, lines: [...lines, say(lang, 'plain.account.sections', { n: sections.length })], focus: inOrder(told) };
}

/** What is chosen in a section is part of what it says. */
const inOrder = ({ lines, focus }: { readonly lines: readonly Clean[]; readonly focus: readonly Clean[] }): readonly Clean[] =>
  focus.length === 0 ? lines : [...lines.slice(0, 1), ...focus, ...lines.slice(1)];

const chartTitle = (view: AccountView, lang: Lang): Clean => say(lang, 'app.chart.title', { n: view.mrrByProduct[0]?.months.length ?? 0 });

/** Which section is the chart; -1 where there is none. */
const chartAt = (body: readonly Line[], sections: readonly number[], view: AccountView, lang: Lang): number =>
  sections.findIndex((row) => body[row]?.some(({ text }) => text === chartTitle(view, lang)));

/** The chart in figures: what each product pays, from where to where the sum went, and its peak. */
function chartWords(view: AccountView, lang: Lang): { readonly lines: readonly Clean[]; readonly focus: readonly Clean[] } {
  const { row, mrrByProduct } = view;
  const products = mrrByProduct.map(({ label, months }) => {
    const now = months.at(-1)?.mrr ?? 0;
    const name = label === null ? say(lang, 'app.chart.noProduct') : cleanLine(label);
    return literal(`${name}: ${now > 0 ? money(now, row, lang) : say(lang, 'app.chart.gone')}`);
  });
  const sums = (mrrByProduct[0]?.months ?? []).map(({ month }, at) => ({
    month: literal(formatMonth(month, lang, 'full')),
    mrr: mrrByProduct.reduce((sum, { months }) => sum + (months[at]?.mrr ?? 0), 0),
  }));
  const [first, last] = [sums[0], sums.at(-1)];
  const lines = [chartTitle(view, lang), ...products];
  if (!first || !last) return { lines, focus: [] };
  const most = sums.reduce((best, one) => (one.mrr > best.mrr ? one : best), first);
  const amount = (value: number): Clean => money(value, row, lang);
  const trend = {
    first: amount(first.mrr),
    from: first.month,
    last: amount(last.mrr),
    to: last.month,
    most: amount(most.mrr),
    at: most.month,
  };
  return { lines: [...lines, say(lang, 'plain.account.trend', trend)], focus: [] };
}
