/** What should be mended in HubSpot, problem by problem, each with its accounts: a list to work through. Pure. */
import type { HygieneFinding, HygieneItem } from '../../book/hygiene.ts';
import { cutLine, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { fit } from '../../text/cells.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';

export type HygieneEntry =
  | { readonly kind: 'group'; readonly finding: HygieneFinding }
  | { readonly kind: 'item'; readonly finding: HygieneFinding; readonly item: HygieneItem };

const flat = new WeakMap<readonly HygieneFinding[], readonly HygieneEntry[]>();

/** Each finding followed by its items; the same object for the same findings. */
export function hygieneEntries(findings: readonly HygieneFinding[]): readonly HygieneEntry[] {
  let entries = flat.get(findings);
  if (!entries) {
    entries = findings.flatMap((finding): HygieneEntry[] => [
      { kind: 'group', finding },
      ...finding.items.map((item) => ({ kind: 'item' as const, finding, item })),
    ]);
    flat.set(findings, entries);
  }
  return entries;
}

/** The item `by` rows from `index`, stepping over the words between groups; `index` where there is none. */
export function hygieneStep(entries: readonly HygieneEntry[], index: number, by: number): number {
  const items = entries.flatMap((entry, at) => (entry.kind === 'item' ? [at] : []));
  const here = Math.max(
    0,
    items.findLastIndex((at) => at <= index),
  );
  return items[Math.max(0, Math.min(items.length - 1, here + by))] ?? index;
}

/** The item under the cursor: where the list has changed, the nearest one. */
export function hygieneItem(findings: readonly HygieneFinding[], index: number): HygieneItem | null {
  const entries = hygieneEntries(findings);
  const entry = entries[hygieneStep(entries, index, 0)];
  return entry?.kind === 'item' ? entry.item : null;
}

export interface HygieneInput {
  readonly findings: readonly HygieneFinding[];
  readonly index: number;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const CHROME = 1;

export const hygienePage = (height: number): number => Math.max(1, height - CHROME);

const NAME = 34;

export function hygieneLines({ findings, index, offset, width, height, lang }: HygieneInput): Line[] {
  const count = findings.reduce((sum, one) => sum + one.count, 0);
  const title = spread(
    [gap(1), span(say(lang, 'setup.hygiene.title'), 'strong')],
    [span(say(lang, 'setup.hygiene.count', { n: count }), 'quiet'), gap(1)],
    width,
  );
  const entries = hygieneEntries(findings);
  if (entries.length === 0) return [title, emptyLine, [gap(2), span(say(lang, 'setup.hygiene.nothing'), 'quiet')]];
  const here = hygieneStep(entries, index, 0);
  const rows = entries.slice(offset, offset + hygienePage(height)).map((entry, row): Line => {
    if (entry.kind === 'group') {
      const { code, count: n, items } = entry.finding;
      const more = n > items.length ? [gap(2), span(say(lang, 'setup.hygiene.first', { n: items.length }), 'quiet')] : [];
      return cutLine(
        [gap(1), span(say(lang, `setup.hygiene.${code}`), 'accent'), gap(2), span(literal(String(n)), 'strong'), ...more],
        width,
      );
    }
    const selected = offset + row === here;
    const { name, value } = entry.item;
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸ ' : '  '), 'selected'),
        span(fit(cleanLine(name), Math.min(NAME, Math.max(10, width - 24))), selected ? 'selected' : 'plain'),
        gap(2),
        span(clean(value ?? ''), 'quiet'),
      ],
      width,
    );
  });
  return [title, ...rows];
}
