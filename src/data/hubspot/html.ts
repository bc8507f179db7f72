/** Between people's plain text and the HTML that HubSpot keeps in the bodies of activities. */
import { Parser } from 'htmlparser2';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Our text as HTML: never markup, line breaks kept, control characters (but tab) dropped. */
export function htmlOfText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .toWellFormed()
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replaceAll('\n', '<br>');
}

const UNESCAPED = new Map(Object.entries(ENTITIES).map(([char, entity]) => [entity, char]));

/** What `htmlOfText` made the body from; of any other HTML its text. */
export function textOfOwnHtml(html: string): string {
  if (/<(?!br>)/.test(html)) return textOfHtml(html);
  return html.replaceAll('<br>', '\n').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => UNESCAPED.get(entity) ?? entity);
}

const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object']);
const BLOCKS = new Set(
  'address article aside blockquote dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol pre section table tr ul'.split(
    ' ',
  ),
);

/**
 * The text of an HTML body: entities decoded, blocks and `<br>` as line breaks, paragraphs apart, scripts and styles
 * dropped, the address of a link after its words. The result is as hostile as the body was: decoding can free control
 * characters, so it needs the same cleaning as any text from outside.
 */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  const links: { readonly href: string; readonly start: number }[] = [];
  let silent = 0;
  // Line breaks that the next words will need: neighbouring blocks share theirs.
  let breaks = 0;
  const flush = () => {
    if (breaks > 0 && parts.length > 0) parts.push('\n'.repeat(breaks));
    breaks = 0;
  };
  const add = (text: string) => {
    if (silent > 0 || text === '' || (text === ' ' && (breaks > 0 || parts.length === 0))) return;
    flush();
    parts.push(text);
  };
  const edge = (name: string) => {
    if (name === 'p') breaks = Math.max(breaks, 2);
    else if (BLOCKS.has(name)) breaks = Math.max(breaks, 1);
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        edge(name);
        if (SILENT.has(name)) silent += 1;
        else if (name === 'br') breaks += 1;
        else if (name === 'a') links.push({ href: attributes.href ?? '', start: parts.length });
      },
      ontext: (text) => add(text.replace(/[ \t\r\n\f]+/g, ' ')),
      onclosetag(name) {
        edge(name);
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        else if (name === 'td' || name === 'th') add(' ');
        else if (name === 'a') {
          const link = links.pop();
          if (link && /^https?:\/\//i.test(link.href) && !parts.slice(link.start).join('').includes(link.href)) add(` (${link.href})`);
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return parts
    .join('')
    .replace(/ *\n */g, '\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
}
