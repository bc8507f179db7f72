/** The score line by line: base, groups with what each signal gave, what capped or floored it, the total, what is missing. */
import type { ReceiptView } from '../../book/account-view.ts';
import { missingReason } from '../../book/missing.ts';
import { printedReceipt } from '../../book/printed-receipt.ts';
import { emptyLine, type Line, linkSpan, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { Tone } from '../../components/theme.ts';
import { wrap } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import { formatNumber, formatSigned } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { inWords } from '../figures.ts';

const signed = (tenth: number): Clean => literal(formatSigned(tenth / 10, 1));
const plain = (tenth: number): Clean => literal(formatNumber(tenth / 10, 1));

const movement = (tenth: number): Tone => (tenth > 0 ? 'worse' : tenth < 0 ? 'better' : 'quiet');

/** `left … amount`, the left part wrapped under itself; the amount stands on the first line. `url`: what the left part leads to. */
function item(
  left: Clean,
  indent: number,
  amount: Clean,
  tone: Tone,
  width: number,
  leftTone: Tone = 'plain',
  url: string | null = null,
): Line[] {
  const room = Math.max(8, width - indent - 8);
  const [first = literal(''), ...more] = wrap(left, room);
  const margin = span(literal(' '.repeat(indent)));
  return [
    spread([margin, linkSpan(first, leftTone, url)], [span(amount, tone)], width),
    ...more.map((text): Line => [margin, linkSpan(text, leftTone, url)]),
  ];
}

export function receiptLines(receipt: ReceiptView, width: number, lang: Lang): Line[] {
  const groups = receipt.groups.filter((group) => group.lines.length > 0 || group.points !== 0);
  // The printed base and group figures sum to the printed unclipped score.
  const printed = printedReceipt({ base: receipt.base, groups });
  const lines: Line[] = [
    [span(say(lang, 'app.receipt.title', { n: receipt.risk }), 'strong')],
    ...item(say(lang, 'app.receipt.base'), 1, plain(printed.base), 'plain', width),
  ];
  groups.forEach((group, index) => {
    const { points: subtotal = 0, uncapped = 0, bitten = false, lines: parts = [] } = printed.groups[index] ?? {};
    lines.push(...item(inWords(group.label, lang), 1, signed(subtotal), movement(subtotal), width, 'strong'));
    group.lines.forEach((line, at) => {
      const evidence = inWords(line.evidence, lang);
      const text = line.dismissed ? say(lang, 'app.receipt.dismissed', { evidence }) : evidence;
      lines.push(...item(text, 3, signed(parts[at] ?? 0), 'plain', width, line.dismissed ? 'quiet' : 'plain', line.url));
    });
    if (bitten)
      lines.push(
        ...item(
          say(lang, 'app.receipt.cap', { sum: formatSigned(uncapped / 10, 1), cap: formatSigned(subtotal / 10, 1) }),
          3,
          literal(''),
          'quiet',
          width,
          'quiet',
        ),
      );
  });
  const total = Math.round(receipt.total * 10);
  const { unclipped } = printed;
  if (unclipped !== total && !receipt.floored) {
    lines.push(
      ...item(
        say(lang, 'app.receipt.clipped', { sum: formatNumber(unclipped / 10, 1) }),
        1,
        signed(total - unclipped),
        'quiet',
        width,
        'quiet',
      ),
    );
  }
  for (const one of receipt.overrides) {
    const words = say(lang, `app.override.${one.id}`);
    const floor = one.floor === null ? words : say(lang, 'app.receipt.floor', { why: words, floor: one.floor });
    const raised = receipt.floored && one.floor !== null && Math.abs(one.floor - receipt.total) < 0.05;
    lines.push(...item(floor, 1, raised ? signed(total - unclipped) : literal(''), 'worse', width));
  }
  lines.push(spread([span(literal(' ')), span(say(lang, 'app.receipt.total'), 'strong')], [span(plain(total), 'strong')], width));
  return [...lines, ...missingLines(receipt, width, lang)];
}

/** What is not known, by the reason why. */
function missingLines({ missing }: ReceiptView, width: number, lang: Lang): Line[] {
  if (missing.length === 0) return [];
  const byReason = new Map<Clean, Clean[]>();
  for (const one of missing) {
    const reason = literal(missingReason(one, lang));
    byReason.set(reason, [...(byReason.get(reason) ?? []), inWords(one.label, lang)]);
  }
  const lines: Line[] = [emptyLine, [span(say(lang, 'app.receipt.missing'), 'strong')]];
  for (const [reason, labels] of byReason) {
    const text = literal(`${reason}: ${labels.join(lang === 'ja' ? '、' : ', ')}`);
    for (const part of wrap(text, Math.max(8, width - 1))) lines.push([span(literal(' ')), span(part, 'quiet')]);
  }
  return lines;
}
