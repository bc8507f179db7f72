/**
 * The language of a play's texts: `{fact}`, and `{{` for a brace. Nothing else is known to it, so that a text from
 * HubSpot that is put in is never read as one.
 */
import { FACTS, type FactName, type Facts, isFact } from './facts.ts';

export type Part = { readonly text: string } | { readonly fact: FactName };

/** `fact`: no such fact · `brace`: one that opens or closes nothing. */
export type TemplateProblem = { readonly kind: 'fact'; readonly name: string } | { readonly kind: 'brace' };

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/gu;

export function parseTemplate(template: string): { readonly parts: readonly Part[]; readonly problems: readonly TemplateProblem[] } {
  const parts: Part[] = [];
  const problems: TemplateProblem[] = [];
  let done = 0;
  for (const match of template.matchAll(TOKEN)) {
    const [token, name] = match;
    if (match.index > done) parts.push({ text: template.slice(done, match.index) });
    done = match.index + token.length;
    if (token === '{{' || token === '}}') parts.push({ text: token.slice(1) });
    else if (name !== undefined && isFact(name.trim())) parts.push({ fact: name.trim() as FactName });
    else {
      problems.push(name === undefined ? { kind: 'brace' } : { kind: 'fact', name: name.trim() });
      // Where nobody refuses it, it stays what was typed.
      parts.push({ text: token });
    }
  }
  if (done < template.length) parts.push({ text: template.slice(done) });
  return { parts, problems };
}

export interface Rendered {
  readonly text: string;
  /** Asked for by the text and known to nobody, each once. */
  readonly missing: readonly FactName[];
}

/** A missing fact stands as `[renewal date?]`: never as nothing, and never as 0. */
export function render(template: string, facts: Facts, lang: 'en' | 'ja'): Rendered {
  const missing = new Set<FactName>();
  const words = parseTemplate(template).parts.map((part) => {
    if ('text' in part) return part.text;
    const known = facts[part.fact]?.trim();
    if (known) return known;
    missing.add(part.fact);
    return `[${FACTS[part.fact][lang]}?]`;
  });
  return { text: words.join(''), missing: [...missing] };
}
