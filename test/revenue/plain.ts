/**
 * The definitions of docs/metrics.md a second time, from records to reports, as plainly as they can be written: loops over
 * lists, months as numbers, and nothing of `src/revenue`. What the program says is held against it.
 */

export interface PlainRecord {
  readonly id: string;
  /** Months before the current one; below 0 lies ahead of it. */
  readonly back: number;
  /** In 1/10,000; null: what stands there is no amount. */
  readonly amount: number | null;
  readonly product: string | null;
  readonly plan: string | null;
  /** Null: the portal's own. */
  readonly currency: string | null;
  /** The later, the higher. */
  readonly modified: number;
}

export interface PlainCompany {
  readonly industry: string | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly employees: number | null;
  /** The company's own property. */
  readonly plan: string | null;
  readonly records: readonly PlainRecord[];
}

export type PlainPortal = Readonly<Record<string, PlainCompany>>;

export interface PlainRules {
  readonly home: string;
  readonly fillGaps: number;
  readonly duplicates: 'all' | 'latest';
}

export interface PlainLine {
  readonly product: string | null;
  readonly plan: string | null;
  readonly amount: number;
}

/** The accounts in the home currency. Month 0 is the last, 1 the one before. */
export interface PlainBook {
  readonly ids: readonly string[];
  readonly company: (id: string) => PlainCompany;
  readonly lines: (id: string, back: number) => readonly PlainLine[];
  readonly mrr: (id: string, back: number) => number;
  /** Months before the last of the oldest usable record. */
  readonly oldest: number;
  readonly foreign: number;
  readonly unknown: number;
}

export const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const sumOf = (lines: readonly PlainLine[]): number => total(lines.map(({ amount }) => amount));

/** The longer id is the higher number. */
const isLater = (a: PlainRecord, b: PlainRecord): boolean =>
  a.modified !== b.modified ? a.modified > b.modified : a.id.length !== b.id.length ? a.id.length > b.id.length : a.id > b.id;

const sameThing = (a: PlainRecord, b: PlainRecord): boolean => a.back === b.back && a.product === b.product && a.plan === b.plan;

function currencyOf(records: readonly PlainRecord[], home: string): string {
  const named = records.map((record) => ({ ...record, currency: record.currency ?? home }));
  if (named.some(({ currency }) => currency === home)) return home;
  const newest = Math.min(...named.map(({ back }) => back));
  return named
    .filter(({ back }) => back === newest)
    .map(({ currency }) => currency)
    .sort()[0] as string;
}

/** Months that a company has records in, with the lines that count; a month below 0 has none of any worth. */
function monthsOf(records: readonly PlainRecord[], { fillGaps, duplicates }: PlainRules): Map<number, readonly PlainLine[]> {
  const kept =
    duplicates === 'all' ? records : records.filter((one) => !records.some((other) => sameThing(one, other) && isLater(other, one)));
  const months = new Map<number, readonly PlainLine[]>();
  for (const { back } of kept) {
    const lines = kept.filter((one) => one.back === back).map(({ product, plan, amount }) => ({ product, plan, amount: amount ?? 0 }));
    months.set(back, sumOf(lines) < 0 ? [] : lines);
  }
  const recorded = [...months.keys()].sort((a, b) => b - a);
  for (const from of recorded) {
    const to = recorded.find((back) => back < from);
    if (to === undefined || from - to - 1 > fillGaps) continue;
    const [before, after] = [months.get(from) ?? [], months.get(to) ?? []];
    if (sumOf(before) > 0 && sumOf(after) > 0) for (let hole = from - 1; hole > to; hole--) months.set(hole, before);
  }
  return months;
}

/** As of the month that lies `ago` before the current one. */
export function plainBook(portal: PlainPortal, rules: PlainRules, ago = 0): PlainBook {
  const months = new Map<string, Map<number, readonly PlainLine[]>>();
  let oldest = 0;
  let foreign = 0;
  let unknown = 0;
  for (const [id, { records }] of Object.entries(portal)) {
    const usable = records.filter(({ amount, back }) => amount !== null && back >= ago).map((one) => ({ ...one, back: one.back - ago }));
    if (usable.length === 0) {
      unknown += 1;
      continue;
    }
    if (currencyOf(usable, rules.home) !== rules.home) {
      foreign += 1;
      continue;
    }
    const own = usable.filter(({ currency }) => (currency ?? rules.home) === rules.home);
    months.set(id, monthsOf(own, rules));
    oldest = Math.max(oldest, ...own.map(({ back }) => back));
  }
  const lines = (id: string, back: number): readonly PlainLine[] => months.get(id)?.get(back) ?? [];
  const sums = new Map([...months].map(([id, own]) => [id, new Map([...own].map(([back, list]) => [back, sumOf(list)]))]));
  return {
    ids: [...months.keys()].sort(),
    company: (id) => portal[id] as PlainCompany,
    lines,
    mrr: (id, back) => sums.get(id)?.get(back) ?? 0,
    oldest,
    foreign,
    unknown,
  };
}

/** Fewer than half of those with MRR in the month before have a record in the current one. */
export function isStillWritten(portal: PlainPortal, rules: PlainRules): boolean {
  const before = plainBook(portal, rules, 1);
  const anyCurrency = Object.entries(portal).filter(([id, { records }]) => {
    const usable = records.filter(({ amount, back }) => amount !== null && back >= 1);
    if (usable.length === 0) return false;
    if (before.ids.includes(id)) return before.mrr(id, 0) > 0;
    const own = currencyOf(usable, rules.home);
    const lines = monthsOf(
      usable.filter(({ currency }) => (currency ?? rules.home) === own),
      rules,
    ).get(1);
    return sumOf(lines ?? []) > 0;
  });
  const recorded = anyCurrency.filter(([, { records }]) => records.some(({ amount, back }) => amount !== null && back === 0));
  return recorded.length < anyCurrency.length / 2;
}

const hadBefore = (book: PlainBook, id: string, back: number): boolean => {
  for (let earlier = back + 1; earlier <= book.oldest; earlier++) if (book.mrr(id, earlier) > 0) return true;
  return false;
};

export const firstPaid = (book: PlainBook, id: string): number | null => {
  for (let back = book.oldest; back >= 0; back--) if (book.mrr(id, back) > 0) return back;
  return null;
};

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** One customer, or one product of one: what it had and has, and whether it ever had any before. */
interface Pair {
  readonly before: number;
  readonly after: number;
  readonly earlier: boolean;
}

function ratesOf(pairs: readonly Pair[]) {
  const customers = pairs.filter(({ before }) => before > 0);
  const start = total(customers.map(({ before }) => before));
  const lost = total(customers.map(({ before, after }) => Math.max(0, before - after)));
  const won = total(customers.map(({ before, after }) => Math.max(0, after - before)));
  const back = total(pairs.filter(({ before, earlier }) => before === 0 && earlier).map(({ after }) => after));
  const churned = customers.filter(({ after }) => after === 0).length;
  return {
    customersStart: customers.length,
    churned,
    mrrStart: start,
    logoChurnRate: ratio(churned, customers.length),
    grossMrrChurnRate: ratio(lost, start),
    netMrrChurnRate: ratio(lost - won - back, start),
    grr: ratio(total(customers.map(({ before, after }) => Math.min(before, after))), start),
    nrr: ratio(total(customers.map(({ after }) => after)), start),
  };
}

/** Between two months as two points. */
export const plainRetention = (book: PlainBook, from: number, to: number) =>
  ratesOf(book.ids.map((id) => ({ before: book.mrr(id, from), after: book.mrr(id, to), earlier: hadBefore(book, id, from) })));

export interface PlainChurn {
  readonly id: string;
  readonly back: number;
  readonly lost: number;
  readonly latest: boolean;
  readonly isBack: boolean;
}

/** Oldest month first, then the largest loss, then the id. */
export function plainChurn(book: PlainBook, count: number): readonly PlainChurn[] {
  const found: PlainChurn[] = [];
  for (let back = count - 1; back >= 0; back--) {
    const gone = book.ids.filter((id) => book.mrr(id, back + 1) > 0 && book.mrr(id, back) === 0);
    gone.sort((a, b) => book.mrr(b, back + 1) - book.mrr(a, back + 1) || (a < b ? -1 : 1));
    for (const id of gone) {
      const later = Array.from({ length: back }, (_, index) => index).some((at) => book.mrr(id, at + 1) > 0 && book.mrr(id, at) === 0);
      found.push({ id, back, lost: book.mrr(id, back + 1), latest: !later, isBack: book.mrr(id, 0) > 0 });
    }
  }
  return found;
}

/** By first month: customers, their MRR then, and the shares at each age. */
export function plainCohorts(book: PlainBook) {
  const found = [];
  for (let first = book.oldest; first >= 0; first--) {
    const ids = book.ids.filter((id) => firstPaid(book, id) === first);
    if (ids.length === 0) continue;
    const mrr = total(ids.map((id) => book.mrr(id, first)));
    const ages = Array.from({ length: first + 1 }, (_, age) => age);
    const least = (id: string, age: number): number =>
      Math.min(...ages.filter((one) => one <= age).map((one) => book.mrr(id, first - one)));
    found.push({
      back: first,
      customers: ids.length,
      mrr,
      logo: ages.map((age) => ids.filter((id) => book.mrr(id, first - age) > 0).length / ids.length),
      gross: ages.map((age) => total(ids.map((id) => least(id, age))) / mrr),
      net: ages.map((age) => total(ids.map((id) => book.mrr(id, first - age))) / mrr),
    });
  }
  return found;
}

const byProduct = (lines: readonly PlainLine[], product: string | null): number => sumOf(lines.filter((line) => line.product === product));

const named = (names: readonly (string | null)[]): string[] => [...new Set(names.filter((name) => name !== null))].sort();

/** With MRR for it, by code point. */
export const plainProducts = (book: PlainBook, id: string, back: number): readonly string[] =>
  named(book.lines(id, back).map(({ product }) => product)).filter((product) => byProduct(book.lines(id, back), product) > 0);

/** Of the largest MRR, by code point where two are as large; null where no record names one. */
export function plainPlan(book: PlainBook, id: string, back: number): string | null {
  const lines = book.lines(id, back);
  const sum = (plan: string): number => sumOf(lines.filter((line) => line.plan === plan));
  const plans = named(lines.map(({ plan }) => plan)).filter((plan) => sum(plan) > 0);
  return plans.sort((a, b) => sum(b) - sum(a) || (a < b ? -1 : 1))[0] ?? null;
}

export function plainSize(employees: number | null): string | null {
  if (employees === null || employees < 1) return null;
  if (employees <= 10) return '1-10';
  if (employees <= 50) return '11-50';
  if (employees <= 200) return '51-200';
  return employees <= 1000 ? '201-1000' : '1001+';
}

/** 1 + how many have strictly more, of those with MRR; `high` up to ⌈0.2 n⌉, `low` up to ⌈0.5 n⌉. */
export function plainTier(book: PlainBook, id: string, back: number): string | null {
  const amounts = book.ids.map((one) => book.mrr(one, back)).filter((amount) => amount > 0);
  const own = book.mrr(id, back);
  if (own === 0) return null;
  const rank = 1 + amounts.filter((amount) => amount > own).length;
  // In whole numbers: ⌈n ÷ 5⌉ and ⌈n ÷ 2⌉.
  const [high, low] = [Math.floor((amounts.length + 4) / 5), Math.floor((amounts.length + 1) / 2)];
  return rank <= high ? 'high' : rank <= low ? 'low' : 'tech';
}

export type PlainCut = 'tier' | 'plan' | 'industry' | 'owner' | 'team' | 'size';

const cutOf = (book: PlainBook, id: string, by: PlainCut, back: number): string | null => {
  if (by === 'tier') return plainTier(book, id, back);
  if (by === 'plan') return plainPlan(book, id, back);
  const { industry, owner, team, employees } = book.company(id);
  return { industry, owner, team, size: plainSize(employees) }[by];
};

/** By what each customer of the first point belongs to; of a product the customers are those who had it. */
export function plainSegments(book: PlainBook, by: PlainCut | 'product', from: number, to: number) {
  const pairs: (Pair & { readonly value: string | null })[] = [];
  for (const id of book.ids) {
    if (book.mrr(id, from) === 0) continue;
    if (by !== 'product') {
      pairs.push({ value: cutOf(book, id, by, from), before: book.mrr(id, from), after: book.mrr(id, to), earlier: true });
      continue;
    }
    for (const value of new Set(book.lines(id, from).map(({ product }) => product))) {
      const [before, after] = [byProduct(book.lines(id, from), value), byProduct(book.lines(id, to), value)];
      if (before > 0) pairs.push({ value, before, after: Math.max(0, after), earlier: true });
    }
  }
  return [...new Set(pairs.map(({ value }) => value))]
    .map((value) => ({ value, ...ratesOf(pairs.filter((pair) => pair.value === value)) }))
    .sort(
      (a, b) =>
        Number(a.value === null) - Number(b.value === null) || b.mrrStart - a.mrrStart || ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
    );
}

/** What moved from one point to another, of pairs that have a customer where they stand above 0. */
function movedOf(pairs: readonly Pair[]) {
  const sum = (counts: (pair: Pair) => boolean): number => total(pairs.filter(counts).map(({ before, after }) => Math.abs(after - before)));
  const count = (counts: (pair: Pair) => boolean): number => pairs.filter(counts).length;
  const comes = ({ before, after }: Pair): boolean => before <= 0 && after > 0;
  const goes = ({ before, after }: Pair): boolean => before > 0 && after <= 0;
  const stays = (pair: Pair): boolean => !comes(pair) && !goes(pair);
  const start = total(pairs.map(({ before }) => before));
  const end = total(pairs.map(({ after }) => after));
  return {
    start,
    new: sum((pair) => comes(pair) && !pair.earlier),
    expansion: sum((pair) => stays(pair) && pair.after > pair.before),
    contraction: sum((pair) => stays(pair) && pair.after < pair.before),
    churn: sum(goes),
    reactivation: sum((pair) => comes(pair) && pair.earlier),
    netNew: end - start,
    end,
    customersStart: count(({ before }) => before > 0),
    customersNew: count((pair) => comes(pair) && !pair.earlier),
    customersChurned: count(goes),
    customersReactivated: count((pair) => comes(pair) && pair.earlier),
    customersEnd: count(({ after }) => after > 0),
  };
}

/** From the month before to the month `back`. */
export const plainMovements = (book: PlainBook, back: number) =>
  movedOf(book.ids.map((id) => ({ before: book.mrr(id, back + 1), after: book.mrr(id, back), earlier: hadBefore(book, id, back + 1) })));

/** What moved each segment, product or account; nothing of what neither had nor has any. */
export function plainDrivers(book: PlainBook, by: PlainCut | 'product' | 'account', from: number, to: number) {
  const pairs: (Pair & { readonly value: string | null })[] = [];
  for (const id of book.ids) {
    const [before, after, earlier] = [book.mrr(id, from), book.mrr(id, to), hadBefore(book, id, from)];
    if (by === 'account') pairs.push({ value: id, before, after, earlier });
    else if (by === 'product') {
      for (const value of new Set([...book.lines(id, from), ...book.lines(id, to)].map(({ product }) => product))) {
        const months = Array.from({ length: book.oldest + 1 }, (_, back) => back).filter((back) => back >= from);
        const earlierOn = months.some((back) => byProduct(book.lines(id, back), value) > 0);
        pairs.push({
          value,
          before: byProduct(book.lines(id, from), value),
          after: byProduct(book.lines(id, to), value),
          earlier: earlierOn,
        });
      }
    } else pairs.push({ value: cutOf(book, id, by, before === 0 && (by === 'plan' || by === 'tier') ? to : from), before, after, earlier });
  }
  return [...new Set(pairs.map(({ value }) => value))]
    .map((value) => ({ value, ...movedOf(pairs.filter((pair) => pair.value === value)) }))
    .map((row) => ({ ...row, change: row.netNew }))
    .filter(({ start, end }) => start !== 0 || end !== 0)
    .sort(
      (a, b) =>
        Math.abs(b.change) - Math.abs(a.change) ||
        Number(a.value === null) - Number(b.value === null) ||
        ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
    );
}

/** MRR and paying customers of each product and plan in a month. */
export function plainProductMonth(book: PlainBook, back: number) {
  const all = book.ids.flatMap((id) => book.lines(id, back).map((line) => ({ id, ...line })));
  const kinds = new Map(all.map(({ product, plan }) => [JSON.stringify([product, plan]), { product, plan }]));
  return [...kinds.values()].map(({ product, plan }) => {
    const lines = all.filter((line) => line.product === product && line.plan === plan);
    const customers = new Set(lines.map(({ id }) => id));
    const paying = [...customers].filter((id) => sumOf(lines.filter((line) => line.id === id)) > 0);
    return { product, plan, mrr: sumOf(lines), customers: paying.length };
  });
}

/** What at least a third of the accounts of the same plan or size have; the property says the plan where no record does. */
export function plainWhitespace(book: PlainBook) {
  const paying = book.ids.filter((id) => book.mrr(id, 0) > 0);
  const planOf = (id: string): string | null => plainPlan(book, id, 0) ?? book.company(id).plan;
  const sizeOf = (id: string): string | null => plainSize(book.company(id).employees);
  const has = (id: string, product: string): boolean => plainProducts(book, id, 0).includes(product);
  const products = named(paying.flatMap((id) => plainProducts(book, id, 0)));
  const found = [];
  for (const id of paying) {
    for (const product of products.filter((one) => !has(id, one))) {
      const groups = (['plan', 'size'] as const).flatMap((like) => {
        const own = like === 'plan' ? planOf(id) : sizeOf(id);
        if (own === null) return [];
        const group = paying.filter((other) => (like === 'plan' ? planOf(other) : sizeOf(other)) === own);
        const peers = group.filter((other) => has(other, product)).length;
        return peers > 0 && 3 * peers >= group.length ? [{ like, peers, of: group.length }] : [];
      });
      // The stronger of the two; the plan where they are as strong.
      const [best] = groups.sort((a, b) => b.peers * a.of - a.peers * b.of);
      if (best) found.push({ id, product, ...best });
    }
  }
  return found.sort(
    (a, b) =>
      b.peers / b.of - a.peers / a.of ||
      book.mrr(b.id, 0) - book.mrr(a.id, 0) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : a.product < b.product ? -1 : 1),
  );
}

/** Which products are bought together, by how many and for how much. */
export function plainCombinations(book: PlainBook, counts: (id: string) => boolean) {
  const buyers = book.ids.filter((id) => counts(id) && plainProducts(book, id, 0).length > 0);
  const kinds = new Map(buyers.map((id) => [plainProducts(book, id, 0).join('\n'), plainProducts(book, id, 0)]));
  return [...kinds].map(([key, products]) => {
    const own = buyers.filter((id) => plainProducts(book, id, 0).join('\n') === key);
    return { products, customers: own.length, mrr: total(own.map((id) => book.mrr(id, 0))) };
  });
}

/** The plans by month without repeats, of those who changed plan and pay more than in their first month. */
export function plainUpgrades(book: PlainBook) {
  const paths: string[][] = [];
  for (const id of book.ids) {
    const first = firstPaid(book, id);
    if (first === null || book.mrr(id, 0) <= book.mrr(id, first)) continue;
    const path: string[] = [];
    for (let back = book.oldest; back >= 0; back--) {
      const plan = plainPlan(book, id, back);
      if (plan !== null && plan !== path.at(-1)) path.push(plan);
    }
    if (path.length > 1) paths.push(path);
  }
  const kinds = new Map(paths.map((path) => [JSON.stringify(path), path]));
  return [...kinds.values()].map((path) => ({
    path,
    customers: paths.filter((one) => JSON.stringify(one) === JSON.stringify(path)).length,
  }));
}
