/** The seeded portal: a Japanese and English B2B software vendor with its customers. The same seed gives the same portal. */
import type { Day, Instant } from '../../../units/day.ts';
import { emptyType, type PortalState } from '../state.ts';
import { companyProperties, contactProperties, ticketProperties } from './account-properties.ts';
import { calendar, ZONE, ZONE_OFFSET_MS } from './calendar.ts';
import { emitAccount } from './emit.ts';
import { createEmitter, MRR_TYPE, USAGE_TYPE } from './emitter.ts';
import { emitLeftovers } from './leftovers.ts';
import { type Names, type Naming, namesOf } from './naming.ts';
import { CSMS, OWNERS, SALES_OWNERS } from './people.ts';
import type { AccountPlan } from './plan.ts';
import { populationPlan } from './population.ts';
import {
  activityProperties,
  dealProperties,
  feedbackProperties,
  lineItemProperties,
  mrrProperties,
  usageProperties,
} from './properties.ts';
import { random } from './random.ts';
import { STORIES } from './stories/index.ts';

export interface SeedOptions {
  /** The portal's today: everything is dated back from it. */
  readonly asOf: Day;
  readonly seed?: number;
  /** All companies: customers, churned ones and prospects; default 240. The stories come first. */
  readonly companies?: number;
  /** Language of the portal's own property and object names; default `ja`. */
  readonly naming?: Naming;
}

const DEFAULT_COMPANIES = 240;

/** Ids and counts do not depend on `asOf`, so what was written on one day still hangs on its record on another. */
export function seedPortal({ asOf, seed = 1, companies = DEFAULT_COMPANIES, naming = 'ja' }: SeedOptions): PortalState {
  const names = namesOf(naming);
  const portal = emptyPortal(names);
  const emitter = createEmitter(portal, calendar(asOf), names);
  const book = shareOut();
  for (let index = 0; index < companies; index += 1) {
    const plan: AccountPlan = STORIES[index]?.() ?? populationPlan(index - STORIES.length, random(seed * 1_000_003 + index));
    const csm = plan.csm === undefined ? (plan.kind === 'prospect' ? null : book.next()) : plan.csm;
    if (plan.csm !== undefined && plan.csm !== null) book.count(plan.csm);
    emitAccount(emitter, plan, csm, index % SALES_OWNERS.length);
  }
  emitLeftovers(emitter);
  return portal;
}

/** Gives each account to the manager who is farthest below their share. */
function shareOut() {
  const held = CSMS.map(() => 0);
  return {
    count(csm: number): void {
      held[csm] = (held[csm] ?? 0) + 1;
    },
    next(): number {
      let best = 0;
      const load = (csm: number) => ((held[csm] ?? 0) + 1) / (CSMS[csm]?.share ?? 1);
      for (let csm = 1; csm < held.length; csm += 1) if (load(csm) < load(best)) best = csm;
      held[best] = (held[best] ?? 0) + 1;
      return best;
    },
  };
}

const PORTAL_ID = 47_110_815;

function emptyPortal(names: Names): PortalState {
  const types = [
    emptyType('0-1', contactProperties(names)),
    emptyType('0-2', companyProperties(names)),
    emptyType('0-3', dealProperties()),
    emptyType('0-5', ticketProperties(names)),
    emptyType('0-8', lineItemProperties()),
    emptyType('0-19', feedbackProperties()),
    emptyType('0-27', activityProperties('task')),
    emptyType('0-46', activityProperties('note')),
    emptyType('0-47', activityProperties('meeting')),
    emptyType('0-48', activityProperties('call')),
    emptyType('0-49', activityProperties('email')),
    emptyType(MRR_TYPE, mrrProperties(names), custom(names.mrrObject, names.mrrTitle.name, [names.mrrMonth.name])),
    emptyType(USAGE_TYPE, usageProperties(names), custom(names.usageObject, names.usageWeek.name, [names.usageWeek.name])),
  ];
  return {
    account: {
      portalId: PORTAL_ID,
      accountType: 'DEVELOPER_TEST',
      timeZone: ZONE,
      companyCurrency: 'JPY',
      additionalCurrencies: ['USD'],
      utcOffset: '+09:00',
      utcOffsetMilliseconds: ZONE_OFFSET_MS,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    },
    owners: OWNERS,
    types: new Map(types.map((type) => [type.id, type])),
    links: new Map(),
    pipelines: {
      tickets: [
        {
          id: '0',
          label: 'サポート',
          stages: [
            { id: '1', label: '新規', metadata: { ticketState: 'OPEN' } },
            { id: '2', label: '対応中', metadata: { ticketState: 'OPEN' } },
            { id: '3', label: '回答待ち', metadata: { ticketState: 'OPEN' } },
            { id: '4', label: '完了', metadata: { ticketState: 'CLOSED' } },
          ],
        },
      ],
      deals: [
        {
          id: 'default',
          label: '営業',
          stages: [
            { id: 'qualified', label: '見込み', metadata: { isClosed: 'false', probability: '0.2' } },
            { id: 'proposal', label: '提案', metadata: { isClosed: 'false', probability: '0.5' } },
            { id: 'contractsent', label: '契約書送付', metadata: { isClosed: 'false', probability: '0.9' } },
            { id: 'closedwon', label: '受注', metadata: { isClosed: 'true', probability: '1.0' } },
            { id: 'closedlost', label: '失注', metadata: { isClosed: 'true', probability: '0.0' } },
          ],
        },
      ],
    },
  };
}

const custom = (named: { readonly name: string; readonly label: string }, title: string, required: readonly string[]) => ({
  name: named.name,
  labels: { singular: named.label, plural: named.label },
  primaryDisplayProperty: title,
  requiredProperties: required,
  associatedObjects: ['0-2'],
  createdAt: 0 as Instant,
});
