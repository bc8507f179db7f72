/**
 * The shape of the policy file: the one source of what may stand in it. The JSON Schema for editors is this, printed;
 * `check.ts` reads it to say what is wrong where.
 */
import { PLAYS } from '../plays/catalog.ts';
import { TEMPLATES } from '../plays/templates.ts';
import { CHURN_CATEGORIES, type SignalGroup } from '../policy.ts';
import { GROUPS } from '../scoring/compile.ts';
import { INPUTS } from '../scoring/inputs/index.ts';
import { DEFAULT_POLICY } from '../scoring/policy-default.ts';
import { PLAY_SHAPE, RESPONSES_SHAPE, TEMPLATE_SHAPE } from './play-shape.ts';
import { bilingual, days, mapOf, number, object, type Shape, share, text } from './shape-parts.ts';

export type { Shape, ShapeType } from './shape-parts.ts';

export const POLICY_VERSION = 1;

export const CUSTOM_SIGNAL = /^custom\.[a-z0-9_]{1,60}$/;

const DAY = '^\\d{4}-\\d{2}-\\d{2}$';

const cut = (description: string): Shape => ({
  type: ['number', 'string'],
  description: `${description}: an amount in the home currency, or a share of the customers from the top, such as "20%"`,
});

const named = (description: string): Shape => ({ type: 'array', description, minItems: 1, items: text('Name') });

const ramp = object(
  { from: number('Severity 0 here, in the unit of the input'), to: number('Severity 1 here; between them it rises evenly') },
  { required: ['from', 'to'], description: 'From where to where the signal grows' },
);

const inputName: Shape = { type: 'string', description: 'What is read off the account', enum: Object.keys(INPUTS) };

const adjustable = {
  points: number('Points at full severity; below 0 for signals that lower the risk', { minimum: -100, maximum: 100 }),
  ramp,
  halfLifeDays: number('Days after which an event counts half', { exclusiveMinimum: 0, maximum: 3660 }),
  play: { type: 'string', description: 'The play that answers it', minLength: 1 },
  reviewBy: { type: 'string', description: 'Day (YYYY-MM-DD) by which the team looks at the rule again', pattern: DAY },
} as const satisfies Readonly<Record<string, Shape>>;

const ownSignal = {
  group: { type: 'string', description: 'The group whose cap it shares', enum: GROUPS },
  label: bilingual('Name'),
  evidence: bilingual('Sentence on the receipt; {name} stands for a value'),
  short: bilingual('The same in a few words'),
  input: inputName,
  when: { $ref: '#/$defs/condition' },
} as const satisfies Readonly<Record<string, Shape>>;

const retired = mapOf(text('Why it is left out'), 'Signals left out of score and coverage, each with the reason');

const whose = (what: string): Shape => ({
  ...mapOf(object({ ramps: mapOf(ramp, 'Other ramps, by signal'), retired }), `By ${what}, as HubSpot has it`),
});

const CONDITION_KEYS = ['all', 'any', 'not', 'input', 'mention'] as const;

const conditions = (description: string): Shape => ({ type: 'array', description, minItems: 1, items: { $ref: '#/$defs/condition' } });

export const CONDITION_SHAPE: Shape = object(
  {
    all: conditions('Every one holds'),
    any: conditions('At least one holds'),
    not: { $ref: '#/$defs/condition' },
    input: inputName,
    changeOver: days('Look at how far the input moved over so many days, not at the input itself'),
    above: number('More than'),
    atLeast: number('This or more'),
    below: number('Less than'),
    atMost: number('This or less'),
    mention: { type: ['string', 'array'], description: 'A list of `mentions`, or words', minLength: 1, minItems: 1, items: text('Word') },
    within: days('How many days back a mention counts'),
  },
  { oneOf: CONDITION_KEYS.map((key) => ({ required: [key] as const })), description: 'When the signal fires' },
);

const byGroup = (shape: (group: SignalGroup) => Shape) => Object.fromEntries(GROUPS.map((group) => [group, shape(group)]));

const A_PLAY: Shape = { $ref: '#/$defs/play' };
const A_TEMPLATE: Shape = { $ref: '#/$defs/template' };

export const POLICY_SHAPE: Shape = object(
  {
    version: { type: 'integer', description: 'Version of this format', minimum: 1 },
    preset: {
      type: 'string',
      description: 'simple: the signals that need the least data, and those named below; full: all',
      enum: ['simple', 'full'],
    },
    base: number('Score of an account about which nothing speaks', { minimum: 0, maximum: 100 }),
    caps: object(
      byGroup((group) => number(`At most so many points for ${group}`, { minimum: 0, maximum: 100 })),
      {
        description: 'Highest points by group',
      },
    ),
    groupFloor: number('Lowest points of a group', { minimum: -100, maximum: 0 }),
    bands: object(
      {
        watch: number('watch from here', { minimum: 0, maximum: 100 }),
        high: number('high from here', { minimum: 0, maximum: 100 }),
        critical: number('critical from here', { minimum: 0, maximum: 100 }),
      },
      { description: 'Lower edges, rising' },
    ),
    tiers: object(
      { high: cut('High touch from this MRR'), low: cut('Low touch from this MRR') },
      { required: ['high', 'low'], description: 'Touch tiers by MRR in the home currency; without it 20% and 50%' },
    ),
    impact: cut('Impact is high from this MRR; without it in the top 20%'),
    customerGrades: mapOf(cut('Grade from this MRR'), "The team's own grades of customers by total MRR, the best first"),
    minimumCoverage: share('Below this share of known weight an account gets no band'),
    horizonDays: days('Days that the probability looks ahead'),
    planningMonths: number('Months of revenue that a loss counts', { exclusiveMinimum: 0, maximum: 120 }),
    noticeDays: { type: 'integer', description: 'Notice period where the contract names none', minimum: 0, maximum: 3660 },
    resolutionHours: number('Hours in which a ticket should be solved; without it the portal’s median', { exclusiveMinimum: 0 }),
    keyFeatures: {
      type: 'array',
      description: 'Features whose end is a signal; without it every feature used regularly',
      items: text('Feature'),
    },
    probability: object(
      {
        slope: number('Log-odds per 12 points', { minimum: 0, maximum: 5 }),
        baseRates: object(
          Object.fromEntries(
            Object.keys(DEFAULT_POLICY.probability.baseRates).map((stratum) => [
              stratum,
              number(`Churn within the horizon at the base score, ${stratum}`, { exclusiveMinimum: 0, maximum: 0.99 }),
            ]),
          ),
        ),
        calibrated: { type: 'boolean', description: 'Whether rates and slope were fitted to this portal' },
      },
      { description: 'From score to probability' },
    ),
    revenue: object(
      {
        fillGaps: {
          type: 'integer',
          description: 'The longest hole, in months without a record between two with MRR, that takes the value before it',
          minimum: 0,
          maximum: 12,
        },
        duplicates: {
          type: 'string',
          description: 'Records that agree in month, product, plan and currency: all count, or the one changed last',
          enum: ['all', 'latest'],
        },
        rates: mapOf(
          number('Units of the home currency for one of this currency', { exclusiveMinimum: 0, maximum: 1_000_000_000 }),
          'Fixed rates by ISO 4217 code, by which reports and sums take in accounts in other currencies',
        ),
        ratesOn: { type: 'string', description: 'Day (YYYY-MM-DD) that the rates are of', pattern: DAY },
      },
      { description: 'How MRR records are read' },
    ),
    churnReasons: object(
      Object.fromEntries(CHURN_CATEGORIES.map((category) => [category, { type: 'array', items: text('Word') } satisfies Shape])),
      { description: 'More words by which a churn reason belongs to a category of the churn report' },
    ),
    targets: object(
      {
        logoChurnRate: share('Customers lost in twelve months, at most'),
        grr: share('Gross revenue retention over twelve months, at least'),
        nrr: number('Net revenue retention over twelve months, at least', { minimum: 0, maximum: 5 }),
      },
      { description: 'What the team aims at' },
    ),
    quiet: object(
      {
        cap: {
          type: 'integer',
          description: 'Accounts a day that the list puts forward; the rest is held back',
          minimum: 1,
          maximum: 1000,
        },
        snoozeDays: days('Days of a snooze where nobody says how many'),
        snoozeWorseBy: { type: 'integer', description: 'Risk points by which a snoozed account wakes early', minimum: 1, maximum: 100 },
        renewalNear: days('Days before the renewal at which a snoozed account wakes'),
      },
      { description: 'What keeps the queue short; no score depends on it' },
    ),
    mentions: mapOf(
      { type: 'array', description: 'Words, in any language', minItems: 1, items: text('Word') },
      'Word lists looked for in tickets, notes, calls, e-mails and surveys; a list named here replaces the one that ships',
    ),
    incidents: {
      type: 'array',
      description: 'Days on which the product failed, and for whom: everybody where nobody is named',
      items: object(
        {
          on: { type: 'string', description: 'Day (YYYY-MM-DD)', pattern: DAY },
          title: text('What it was'),
          plans: named('Plans that were hit'),
          segments: named('Segments that were hit'),
          products: named('Products that were hit'),
          accounts: named('HubSpot company ids that were hit'),
        },
        { required: ['on', 'title'] },
      ),
    },
    signals: mapOf(
      object({ ...adjustable, ...ownSignal }),
      'By id: changes to a signal that ships, or signals of your own under custom.*',
      Object.fromEntries(
        DEFAULT_POLICY.signals.map(({ id, label, evidence: _, points, ramp: { from, to } }) => [
          id,
          object(
            { ...adjustable, label: ownSignal.label, evidence: ownSignal.evidence, short: ownSignal.short },
            { description: `${label.en}: ${points} points, ramp ${from} to ${to}` },
          ),
        ]),
      ),
    ),
    plays: mapOf(
      A_PLAY,
      'By id: changes to a play that ships, or plays of your own under custom.*',
      Object.fromEntries(PLAYS.map(({ id, about }) => [id, { ...A_PLAY, description: about.en }])),
    ),
    templates: mapOf(
      A_TEMPLATE,
      'By id: changes to a template that ships, or templates of your own under custom.*',
      Object.fromEntries(TEMPLATES.map(({ id, kind, label }) => [id, { ...A_TEMPLATE, description: `${kind}: ${label.en}` }])),
    ),
    responses: RESPONSES_SHAPE,
    leads: mapOf(text('E-mail address'), 'Who leads a team, by its name in HubSpot; `default` for the others'),
    retired,
    plans: whose('plan'),
    segments: whose('segment'),
    accounts: mapOf(object({ retired }), 'By HubSpot company id'),
  },
  { required: ['version'] },
);

const policyJsonSchema = (): Record<string, unknown> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'kizashi policy',
  description: 'How kizashi scores accounts. Only what differs from the default policy has to stand here.',
  ...POLICY_SHAPE,
  $defs: { condition: CONDITION_SHAPE, play: PLAY_SHAPE, template: TEMPLATE_SHAPE },
});

/** What editors are given: the text of `schema/policy.schema.json`. */
export const policySchemaText = (): string => `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
