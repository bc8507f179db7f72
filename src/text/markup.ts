/** HTML and SVG without a way to forget escaping: what is put into an element is text, unless it is an element itself. */

/** Made by `element` and `joined` alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | null | readonly Markup[];
type Attributes = Readonly<Record<string, string | number | null>>;

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');

/** An element with its children in order; null attributes and children are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  let written = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) written += ` ${key}="${escaped(String(value))}"`;
  written += '>';
  if (EMPTY.has(name)) return new Markup(written);
  for (const child of children) written += inside(child);
  return new Markup(`${written}</${name}>`);
}

const EMPTY = new Set(['meta', 'br', 'hr']);

function inside(child: Child): string {
  if (child === null) return '';
  if (child instanceof Markup) return child.text;
  return typeof child === 'object' ? child.map(({ text }) => text).join('') : escaped(String(child));
}
