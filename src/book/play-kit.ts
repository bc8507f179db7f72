/** What running plays needs of a portal, and an account's facts in the words of their texts. */
import type { StoredOwner, StoredProperty } from '../data/store/types.ts';
import { playById, playsOf } from '../plays/choose.ts';
import type { Facts } from '../plays/facts.ts';
import { type Adjustment, type People, type Prepared, type PropertyState, prepare } from '../plays/prepare.ts';
import type { Play, Policy } from '../policy.ts';
import { formatDay, formatDays, formatMoneyFull } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Day } from '../units/day.ts';
import type { AccountView } from './account-view.ts';
import { type Labels, labelOf, labelsOf } from './labels.ts';
import { ownerName } from './owner-name.ts';
import { type BookRow, shown, shownProducts } from './row.ts';

export interface PlayKit {
  readonly plays: readonly Play[];
  readonly me: { readonly id: string; readonly name: string } | null;
  people(row: BookRow): People;
  property(name: string, value: string): PropertyState;
  /** What HubSpot shows for a property's value. */
  label(name: string, value: string): string;
}

export interface KitInputs {
  readonly policy: Pick<Policy, 'plays' | 'leads'>;
  readonly owners: readonly StoredOwner[];
  /** Owner id of whoever works here. */
  readonly myId: string | null;
  /** Of companies, as the portal defines them. */
  readonly properties: readonly StoredProperty[];
}

export function playKit({ policy, owners, myId, properties }: KitInputs): PlayKit {
  const active = owners.filter(({ archived }) => !archived);
  const byEmail = (email: string): string | null =>
    active.find((one) => one.email?.toLowerCase() === email.trim().toLowerCase())?.id ?? null;
  const defined = new Map(properties.map((property) => [property.name, property]));
  const labels = (name: string): Labels => labelsOf(defined.get(name)?.options ?? []);
  const me = owners.find(({ id }) => id === myId);
  return {
    plays: playsOf(policy),
    me: myId === null ? null : { id: myId, name: me ? ownerName(me) : myId },
    people: ({ owner, team }) => {
      const lead = (team === null ? undefined : policy.leads[team]) ?? policy.leads.default;
      const found = lead === undefined ? null : byEmail(lead);
      const unknownLead = lead !== undefined && found === null ? lead : null;
      return { me: myId, owner: owner?.id ?? null, lead: found, unknownLead, byEmail };
    },
    property: (name, value) => {
      const property = defined.get(name);
      if (!property) return 'unknown';
      if (property.readOnly || property.calculated) return 'read_only';
      return property.options.length > 0 && !property.options.some((option) => option.value === value) ? 'not_an_option' : 'ok';
    },
    label: (name, value) => labelOf(labels(name), value),
  };
}

export interface PlayWish {
  readonly play: Play;
  readonly row: BookRow;
  /** Null where only the row is at hand: what it does not know is missing. */
  readonly view: Pick<AccountView, 'contacts' | 'goals'> | null;
  readonly today: Day;
  readonly lang: Lang;
  readonly answers?: Readonly<Record<string, string>>;
  readonly adjustments?: Readonly<Record<string, Adjustment>>;
}

export const preparePlay = (kit: PlayKit, { play, row, view, today, lang, answers = {}, adjustments = {} }: PlayWish): Prepared =>
  prepare({
    play,
    lang,
    facts: factsOf(kit, row, view, today, lang),
    stored: storedFacts(row),
    today,
    renewal: row.renewalDate,
    people: kit.people(row),
    property: kit.property,
    label: kit.label,
    answers,
    adjustments,
  });

/** The play that the book proposes for the account, whole; null where it proposes none. */
export const proposalOf = (kit: PlayKit, row: BookRow): Play | null =>
  row.play === null ? null : (kit.plays.find(({ id }) => id === row.play?.id) ?? playById(row.play.id));

/** What a property is set to is no label. */
const storedFacts = ({ plan, products, industry }: BookRow): Partial<Facts> => ({
  ...(plan === null ? {} : { plan }),
  ...(products.length === 0 ? {} : { products: products.join(', ') }),
  ...(industry === null ? {} : { industry }),
});

const SAID_REASONS = 3;

/** Raw: names and texts are HubSpot's. */
export function factsOf(kit: PlayKit, row: BookRow, view: PlayWish['view'], today: Day, lang: Lang): Facts {
  const money = (value: number | null): string | null => (value === null ? null : formatMoneyFull(value, row.currency, lang));
  const day = (value: Day | null): string | null => (value === null ? null : formatDay(value, lang));
  const days = (value: number | null): string | null => (value === null ? null : formatDays(value, lang));
  const firing = row.signals.filter(({ points, dismissed }) => points > 0 && !dismissed);
  const there = view?.contacts.filter(({ leftOn }) => leftOn === null) ?? [];
  const champion = there.find((contact) => contact.champion) ?? null;
  // They stand in the order of who was active last.
  const contact = champion ?? there[0] ?? null;
  const change = row.mrrChange3m === null ? null : `${row.mrrChange3m > 0 ? '+' : ''}${money(row.mrrChange3m)}`;
  return {
    account: row.name,
    domain: row.domain,
    plan: shown(row, 'plan'),
    products: row.products.length === 0 ? null : shownProducts(row).join(', '),
    industry: shown(row, 'industry'),
    tier: row.tier === null ? null : t(lang, `app.tierLong.${row.tier}`),
    mrr: money(row.mrr),
    mrr_change: change,
    contract_value: money(row.contractValue),
    renewal: day(row.renewalDate),
    days_to_renewal: days(row.daysToRenewal),
    notice_by: day(row.noticeBy),
    last_used: day(row.lastUsedAt),
    days_since_use: days(row.daysSinceLastUse),
    last_contact: day(row.lastTouchAt),
    risk: String(row.risk),
    band: t(lang, `book.band.${row.band ?? 'unknown'}`),
    reason: firing[0]?.evidence[lang] ?? t(lang, 'app.why.nothing'),
    reasons:
      firing.length === 0
        ? t(lang, 'app.why.nothing')
        : firing
            .slice(0, SAID_REASONS)
            .map(({ short }) => short[lang])
            .join(lang === 'ja' ? '、' : ', '),
    champion: champion?.name ?? null,
    contact: contact?.name ?? null,
    contact_email: contact?.email ?? null,
    goals: view?.goals ?? null,
    owner: row.owner?.name ?? null,
    me: kit.me?.name ?? null,
    today: formatDay(today, lang),
  };
}
