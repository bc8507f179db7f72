/** What stands in each cell of the list: one account, one column. Pure. */
import { shown, shownProducts } from '../../book/row.ts';
import { say } from '../../components/say.ts';
import { type Cell, cell } from '../../components/table.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay, formatDays, formatPercent, sparkline } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { movedWords } from '../brief/view-model.ts';
import { bandCell, bandTone, changeCell, moneyCell, NOTHING, renewalCell, riskChangeCell, shareCell, UNKNOWN, why } from '../figures.ts';
import type { BookLayout, ColumnId } from './columns.ts';
import type { Entry } from './list.ts';
import { firing } from './order.ts';

export const MARK = literal('▸');
/** Chosen for the next action, and the same under the cursor. */
const MARKED = literal('+');
const MARK_BOTH = literal('»');

export type RowEntry = Extract<Entry, { kind: 'row' }>;

export interface RowState {
  readonly selected: boolean;
  readonly marked: boolean;
}

const words = (text: string | null, tone: Cell['tone'] = 'plain'): Cell =>
  text === null ? cell(UNKNOWN, 'quiet') : cell(cleanLine(text), tone);
const count = (value: number | null): Cell => words(value === null ? null : String(value));
const share = (value: number | null): Cell => words(value === null ? null : formatPercent(value));

export function cellOf(id: ColumnId, { row, rank, moved }: RowEntry, { selected, marked }: RowState, layout: BookLayout, lang: Lang): Cell {
  switch (id) {
    case 'mark':
      return marked ? cell(selected ? MARK_BOTH : MARKED, 'accent') : cell(selected ? MARK : NOTHING, 'selected');
    case 'rank':
      return cell(literal(String(rank)), selected ? 'selected' : 'quiet');
    case 'name':
      return cell(cleanLine(row.name), selected ? 'selected' : 'plain');
    case 'tier':
      return row.tier === null ? cell(NOTHING) : cell(say(lang, `book.tier.${row.tier}`), 'quiet');
    case 'mrr':
      return moneyCell(row.mrr, row.currency, lang);
    case 'change':
      return changeCell(row);
    case 'change1m':
      return shareCell(row.mrr, row.mrrChange1m);
    case 'trend':
      return cell(literal(sparkline(row.mrrTrend.slice(-layout.trendMonths).map(({ mrr }) => mrr)).padStart(layout.trendMonths)), 'quiet');
    case 'risk':
      return cell(literal(String(row.risk)), bandTone(row.band));
    case 'move':
      return riskChangeCell(row.riskChange7d);
    case 'band':
      return bandCell(row.band, lang, layout.bandWords);
    case 'loss':
      return moneyCell(row.expectedLoss, row.currency, lang);
    case 'renewal':
      return renewalCell(row, lang);
    case 'why':
      return cell(reasonOf({ row, moved }, layout, lang), row.signals.length === 0 ? 'quiet' : 'plain');
    case 'range':
      return cell(literal(`${row.riskRange[0]}–${row.riskRange[1]}`), 'quiet');
    case 'grade':
      return cell(literal(row.grade), row.grade === 'A' ? 'plain' : 'quiet');
    case 'coverage':
      return share(row.coverage);
    case 'probability':
      return share(row.probability);
    case 'atRisk':
      return moneyCell(row.mrrAtRisk, row.currency, lang);
    case 'contract':
      return moneyCell(row.contractValue, row.currency, lang);
    case 'age':
      return count(row.contractAgeMonths);
    case 'notice':
      return words(row.noticeBy && formatDay(row.noticeBy, lang, 'short'));
    case 'lastUse':
      return words(row.daysSinceLastUse === null ? null : formatDays(row.daysSinceLastUse, lang));
    case 'lastTouch':
      return words(row.lastTouchAt && formatDay(row.lastTouchAt, lang, 'short'));
    case 'plan':
      return words(shown(row, 'plan'));
    case 'products':
      return row.products.length === 0 ? words(null) : words(shownProducts(row).join(lang === 'ja' ? '・' : ', '));
    case 'owner':
      return words(row.owner?.name ?? null);
    case 'team':
      return words(row.team);
    case 'industry':
      return words(shown(row, 'industry'));
    case 'customerGrade':
      return words(row.customerGrade);
    case 'segment':
      return words(shown(row, 'segment'));
    case 'domain':
      return words(row.domain);
    case 'quadrant':
      return row.quadrant === null ? words(null) : cell(say(lang, `columns.short.quadrant.${row.quadrant}`));
    case 'play':
      return row.play === null ? cell(NOTHING) : words(row.play.label[lang]);
    case 'signals':
      return count(firing(row));
    case 'tickets':
      return count(row.openTickets);
    case 'nps':
      return count(row.nps);
    case 'health':
      return words(shown(row, 'healthScore'));
    case 'snoozed':
      return row.snoozedUntil === null ? cell(NOTHING) : words(formatDay(row.snoozedUntil, lang, 'short'), 'quiet');
  }
}

/** Why the account stands where it stands; in the brief's lists, what moved it. */
export const reasonOf = ({ row, moved }: Pick<RowEntry, 'row' | 'moved'>, layout: Pick<BookLayout, 'moved'>, lang: Lang): Clean =>
  (layout.moved && moved ? movedWords(moved, row, lang) : null) ?? why(row, lang);
