/** A page of its own: nothing is fetched, nothing runs, and it is made for paper as much as for a screen. */
import { element, Markup } from './markup.ts';
import type { Lang } from './messages/index.ts';

/** Nothing but the styles that are in it: what a reader's browser may do with the page. */
const NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1180px; color: #22303a; background: #fff;
  font: 13px/1.45 system-ui, "Segoe UI", sans-serif; }
:lang(ja) body, :lang(ja) svg text { font-family: "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif; }
body.upright { max-width: 808px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; text-wrap: balance; }
h2 { font-size: 15px; margin: 22px 0 8px; padding-bottom: 3px; border-bottom: 1px solid #c9d1d6; break-after: avoid; }
p { margin: 4px 0; }
.quiet { color: #5c6b75; font-size: .92em; overflow-wrap: anywhere; }
.head { border-top: 2px solid #2f4858; margin: 6px 0 10px; padding-top: 5px; }
.foot { border-top: 1px solid #c9d1d6; margin-top: 18px; padding-top: 6px; }
.inside { display: inline-block; border: 1.5px solid #c8553d; border-radius: 3px; color: #a33c26; font-weight: 600; padding: 1px 8px; margin: 2px 0 6px; }
.terms { margin: 0; padding: 0; list-style: none; color: #44525c; font-size: .92em; columns: 2; column-gap: 24px; }
.terms li { break-inside: avoid; margin-bottom: 5px; }
.missing { color: #5c6b75; font-style: italic; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 14px 0; }
.tile { border: 1px solid #dde3e6; border-radius: 6px; padding: 8px 14px; }
.tile b { display: block; font-size: 18px; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; }
th { text-align: left; font-weight: 600; color: #5c6b75; font-size: 11.5px; border-bottom: 1.5px solid #22303a; padding: 3px 8px 3px 0; vertical-align: bottom; word-break: keep-all; }
th.name { width: 17%; }
th.why { width: 40%; }
td, p, li { word-break: auto-phrase; }
td { padding: 5px 8px 5px 0; border-bottom: 1px solid #e6eaec; vertical-align: top; overflow-wrap: anywhere; }
td.short { white-space: nowrap; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
td.right, span.right { white-space: nowrap; }
td.right + td:not(.right), th.right + th:not(.right) { padding-left: 10px; }
td ul { margin: 0; padding-left: 14px; }
tr.line td { border-bottom: 2px dashed #c8553d; }
.band { display: inline-block; border-radius: 3px; padding: 0 6px; color: #fff; font-size: 11.5px; white-space: nowrap; }
.band.low, .band.none { color: #22303a; }
figure { margin: 8px 0 12px; }
.upright figure svg.chart { width: 100%; height: auto; }
.caption { font-weight: 600; color: #5c6b75; margin: 10px 0 4px; break-after: avoid; }
.captioned { break-inside: avoid; }
.pair { display: flex; gap: 24px; break-inside: avoid; }
.pair > * { flex: 1; }
.pair svg.chart { width: 100%; height: auto; }
pre { font: 12px/1.35 ui-monospace, "Noto Sans Mono CJK JP", monospace; overflow-x: auto; }
svg.chart { display: inline-block; vertical-align: middle; max-width: 100%; }
svg text { font: 11px system-ui, "Segoe UI", sans-serif; fill: #22303a; }
a { color: inherit; text-decoration-color: #c9d1d6; }
@media screen and (max-width: 760px) {
  body { padding: 14px; }
  .scroll, figure { overflow-x: auto; }
  .upright figure svg.chart { min-width: 600px; }
  .terms { columns: 1; }
}
@page { size: A4 landscape; margin: 11mm 11mm 15mm;
  @bottom-left { content: "NAME"; font: 8px system-ui, sans-serif; color: #5c6b75; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8px system-ui, sans-serif; color: #5c6b75; } }
@media print {
  body, body.upright { padding: 0; max-width: none; font-size: 10.5px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  thead { display: table-header-group; }
  tr, .tile, figure { break-inside: avoid; }
  .foot { break-before: avoid; }
  h2 + p, p:has(+ .scroll) { break-after: avoid; }
  tbody tr:nth-child(-n + 2) { break-after: avoid; }
  tbody tr:nth-last-child(-n + 2) { break-before: avoid; }
  a { text-decoration: none; }
}
`;

/** `portrait` paper where the page is text rather than a wide table. */
export function page(
  { lang, title, portrait = false }: { readonly lang: Lang; readonly title: string; readonly portrait?: boolean },
  body: readonly Markup[],
): string {
  const named = STYLE.replace('NAME', () => cssText(title));
  const style = portrait ? named.replace('A4 landscape', 'A4') : named;
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: NOTHING_ELSE }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, title),
    // Our own text: quotes in it are not to be escaped.
    element('style', {}, new Markup(style)),
  );
  return `<!doctype html>\n${element('html', { lang }, head, element('body', portrait ? { class: 'upright' } : {}, body)).text}\n`;
}

/** As it stands between quotes in a style: whatever is no letter, digit or plain mark by its number. */
const cssText = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .:,()・、。（）-]/gu, (mark) => `\\${(mark.codePointAt(0) ?? 0).toString(16)} `);

/** A link where the address is a plain https one, else the text alone. */
export function link(address: string, text: string): Markup {
  if (!/^https:\/\//.test(address)) return element('span', {}, text);
  return element('a', { href: address, rel: 'noreferrer' }, text);
}
