/** Whom a row of a file is about: by HubSpot's id, else the domain, else the name. */
import { searchKey } from '../../text/search.ts';
import { err, ok, type Result } from '../../units/result.ts';
import type { CompanyName } from '../store/types.ts';

/** `none`: no such account in the store · `several`: more than one · `blank`: the row names nobody. */
export type MatchProblem = 'none' | 'several' | 'blank';

export interface Named {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
}

export interface Matched {
  readonly id: string;
  readonly by: 'id' | 'domain' | 'name';
}

/** `https://www.Sample.example/jp` and `sample.example` are one. */
export const plainDomain = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/s, '')
    .replace(/\.$/, '');

function indexOf(companies: readonly CompanyName[], key: (company: CompanyName) => string): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const company of companies) {
    const name = key(company);
    if (name === '') continue;
    const known = index.get(name);
    if (known) known.push(company.id);
    else index.set(name, [company.id]);
  }
  return index;
}

export class Matcher {
  readonly #ids: ReadonlySet<string>;
  readonly #domains: ReadonlyMap<string, readonly string[]>;
  readonly #names: ReadonlyMap<string, readonly string[]>;
  readonly #merged: ReadonlyMap<string, string>;

  /** `merged`: companies that are gone → the one they were merged into. */
  constructor(companies: readonly CompanyName[], merged: ReadonlyMap<string, string>) {
    this.#ids = new Set(companies.map(({ id }) => id));
    this.#domains = indexOf(companies, ({ domain }) => plainDomain(domain ?? ''));
    this.#names = indexOf(companies, ({ name }) => searchKey(name ?? ''));
    this.#merged = merged;
  }

  /** The first of id, domain and name that the row has decides; an unknown id is never guessed from the name. */
  match(row: Named): Result<Matched, MatchProblem> {
    const id = row.id.normalize('NFKC').trim();
    if (id !== '') {
      const survivor = this.#survivor(id);
      return this.#ids.has(survivor) ? ok({ id: survivor, by: 'id' }) : err('none');
    }
    const domain = plainDomain(row.domain);
    if (domain !== '') return only(this.#domains.get(domain), 'domain');
    const name = searchKey(row.name);
    return name === '' ? err('blank') : only(this.#names.get(name), 'name');
  }

  #survivor(id: string): string {
    let found = id;
    for (let steps = 0; steps < 50; steps += 1) {
      const next = this.#merged.get(found);
      if (next === undefined) break;
      found = next;
    }
    return found;
  }
}

function only(ids: readonly string[] | undefined, by: Matched['by']): Result<Matched, MatchProblem> {
  const [id, other] = ids ?? [];
  if (id === undefined) return err('none');
  return other === undefined ? ok({ id, by }) : err('several');
}
