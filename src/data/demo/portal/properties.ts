/** Property definitions of every object type of the portal. */
import type { PropertyDefinition } from '../state.ts';
import type { Named, Names } from './naming.ts';

type Kind = 'string' | 'text' | 'number' | 'money' | 'date' | 'datetime' | 'bool' | 'owner' | readonly (readonly [string, string])[];

interface Extras {
  readonly readOnly?: boolean;
  readonly calculated?: boolean;
  readonly unique?: boolean;
}

const FIELD: Readonly<Record<string, readonly [PropertyDefinition['type'], string]>> = {
  string: ['string', 'text'],
  text: ['string', 'textarea'],
  number: ['number', 'number'],
  money: ['number', 'number'],
  date: ['date', 'date'],
  datetime: ['datetime', 'date'],
  owner: ['enumeration', 'select'],
};

const YES_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

function property(
  hubspotDefined: boolean,
  groupName: string,
  name: string,
  label: string,
  kind: Kind,
  extras: Extras = {},
): PropertyDefinition {
  const options = kind === 'bool' ? YES_NO : typeof kind === 'string' ? [] : kind;
  const [type, fieldType] =
    kind === 'bool'
      ? (['bool', 'booleancheckbox'] as const)
      : typeof kind === 'string'
        ? (FIELD[kind] ?? (['string', 'text'] as const))
        : (['enumeration', 'select'] as const);
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    options: options.map(([value, text]) => ({ value, label: text })),
    hubspotDefined,
    calculated: extras.calculated ?? false,
    readOnly: extras.readOnly ?? false,
    hasUniqueValue: extras.unique ?? false,
    externalOptions: kind === 'owner',
    referencedObjectType: kind === 'owner' ? 'OWNER' : null,
    showCurrencySymbol: kind === 'money',
  };
}

type Row = readonly [name: string, label: string, kind: Kind, extras?: Extras];
type OwnRow = readonly [named: Named, kind: Kind, extras?: Extras];

const standard = (group: string, rows: readonly Row[]): PropertyDefinition[] =>
  rows.map(([name, label, kind, extras]) => property(true, group, name, label, kind, extras));
const own = (group: string, rows: readonly OwnRow[]): PropertyDefinition[] =>
  rows.map(([{ name, label }, kind, extras]) => property(false, group, name, label, kind, extras));

const READ_ONLY: Extras = { readOnly: true };
const CALCULATED: Extras = { readOnly: true, calculated: true };
const same = (...values: readonly string[]): readonly (readonly [string, string])[] => values.map((value) => [value, value]);

/** What every record has. */
const envelope = (group: string, modified = 'hs_lastmodifieddate'): PropertyDefinition[] =>
  standard(group, [
    ['hs_object_id', 'Record ID', 'number', READ_ONLY],
    ['hs_createdate', 'Object create date/time', 'datetime', READ_ONLY],
    [modified, 'Last Modified Date', 'datetime', READ_ONLY],
    ['hs_merged_object_ids', 'Merged record IDs', 'string', READ_ONLY],
    ['hubspot_team_id', 'Team', 'string', READ_ONLY],
    ['hubspot_owner_id', 'Owner', 'owner'],
  ]);

const CREATEDATE: Row = ['createdate', 'Create Date', 'datetime', READ_ONLY];

export const INDUSTRIES: readonly (readonly [string, string])[] = [
  ['MACHINERY', '製造'],
  ['LOGISTICS_AND_SUPPLY_CHAIN', '物流'],
  ['PRINTING', '印刷'],
  ['RETAIL', '小売'],
  ['CONSTRUCTION', '建設'],
  ['HOSPITAL_HEALTH_CARE', '医療・介護'],
  ['FINANCIAL_SERVICES', '金融'],
  ['COMPUTER_SOFTWARE', 'ソフトウェア'],
  ['HOSPITALITY', '宿泊・飲食'],
  ['EDUCATION_MANAGEMENT', '教育'],
  ['REAL_ESTATE', '不動産'],
  ['FOOD_PRODUCTION', '食品'],
];

export const CHURN_REASONS: readonly (readonly [string, string])[] = [
  ['usage', '利用低迷'],
  ['support', 'サポート不満'],
  ['price', '価格'],
  ['feature', '機能不足'],
  ['competitor', '競合へ乗り換え'],
  ['business', '事業縮小・統合'],
];

export function companyProperties(names: Names): PropertyDefinition[] {
  return [
    ...envelope('companyinformation'),
    ...standard('companyinformation', [
      CREATEDATE,
      ['name', 'Company name', 'string'],
      ['domain', 'Company Domain Name', 'string', { unique: true }],
      ['industry', 'Industry', INDUSTRIES],
      ['numberofemployees', 'Number of Employees', 'number'],
      ['annualrevenue', 'Annual Revenue', 'money'],
      ['city', 'City', 'string'],
      ['country', 'Country/Region', 'string'],
      ['phone', 'Phone Number', 'string'],
      ['description', 'Description', 'text'],
      [
        'lifecyclestage',
        'Lifecycle Stage',
        [
          ['lead', 'Lead'],
          ['opportunity', 'Opportunity'],
          ['customer', 'Customer'],
          ['evangelist', 'Evangelist'],
          ['other', 'Other'],
        ],
      ],
      [
        'hs_csm_sentiment',
        'CSM sentiment',
        [
          ['HEALTHY', 'Healthy'],
          ['NEUTRAL', 'Neutral'],
          ['AT_RISK', 'At risk'],
        ],
      ],
      ['notes_last_contacted', 'Last Contacted', 'datetime', READ_ONLY],
      ['notes_last_updated', 'Last Activity Date', 'datetime', READ_ONLY],
      ['notes_next_activity_date', 'Next Activity Date', 'datetime', READ_ONLY],
      ['num_notes', 'Number of Sales Activities', 'number', READ_ONLY],
      ['num_associated_contacts', 'Number of Associated Contacts', 'number', CALCULATED],
      ['num_associated_deals', 'Number of Associated Deals', 'number', CALCULATED],
      ['hs_num_open_deals', 'Number of open deals', 'number', CALCULATED],
      ['total_revenue', 'Total Revenue', 'money', CALCULATED],
      ['hs_parent_company_id', 'Parent Company', 'number', READ_ONLY],
    ]),
    ...own('customer_success', [
      [names.csm, 'owner'],
      [names.contractStart, 'date'],
      [names.renewal, 'date'],
      [names.contractValue, 'money'],
      [names.termMonths, 'number'],
      [names.billing, same('monthly', 'semiannual', 'annual')],
      [names.noticeDays, 'number'],
      [names.noticeGivenOn, 'date'],
      [names.plan, same('Starter', 'Standard', 'Enterprise')],
      [names.goals, 'text'],
      [names.onboarding, same('kickoff', 'setup', 'training', 'live')],
      [names.churnedOn, 'date'],
      [names.churnReason, CHURN_REASONS],
      [names.featuresInPlan, 'number'],
      [names.seats, 'number'],
    ]),
  ];
}

export function contactProperties(names: Names): PropertyDefinition[] {
  return [
    ...envelope('contactinformation', 'lastmodifieddate'),
    ...standard('contactinformation', [
      CREATEDATE,
      ['firstname', 'First Name', 'string'],
      ['lastname', 'Last Name', 'string'],
      ['email', 'Email', 'string', { unique: true }],
      ['jobtitle', 'Job Title', 'string'],
      ['lifecyclestage', 'Lifecycle Stage', same('lead', 'customer', 'other')],
      ['associatedcompanyid', 'Primary Associated Company ID', 'number', READ_ONLY],
      ['hs_buying_role', 'Buying Role', same('CHAMPION', 'DECISION_MAKER', 'END_USER')],
      ['hs_email_delivered', 'Marketing emails delivered', 'number', READ_ONLY],
      ['hs_email_open', 'Marketing emails opened', 'number', READ_ONLY],
      ['hs_email_click', 'Marketing emails clicked', 'number', READ_ONLY],
      ['hs_email_last_open_date', 'Last marketing email open date', 'datetime', READ_ONLY],
      ['hs_last_sales_activity_timestamp', 'Last Engagement Date', 'datetime', READ_ONLY],
      ['hs_analytics_num_page_views', 'Number of Pageviews', 'number', READ_ONLY],
      ['notes_last_contacted', 'Last Contacted', 'datetime', READ_ONLY],
      ['hs_feedback_last_nps_rating', 'Last NPS survey rating', 'string', READ_ONLY],
      ['hs_feedback_last_survey_date', 'Last survey date', 'datetime', READ_ONLY],
    ]),
    ...own('customer_success', [
      [
        names.contactRole,
        [
          ['champion', '推進者'],
          ['user', '利用者'],
          ['executive', '役員'],
        ],
      ],
      [names.contactLeft, 'date'],
    ]),
  ];
}

export function ticketProperties(names: Names): PropertyDefinition[] {
  return [
    ...envelope('ticketinformation'),
    ...standard('ticketinformation', [
      CREATEDATE,
      ['subject', 'Ticket name', 'string'],
      ['content', 'Ticket description', 'text'],
      ['hs_pipeline', 'Pipeline', same('0')],
      ['hs_pipeline_stage', 'Ticket status', same('1', '2', '3', '4')],
      ['hs_ticket_priority', 'Priority', same('LOW', 'MEDIUM', 'HIGH', 'URGENT')],
      ['hs_ticket_category', 'Category', same('PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY')],
      ['closed_date', 'Close date', 'datetime'],
      ['time_to_close', 'Time to close', 'number', CALCULATED],
      ['hs_is_closed', 'Is closed', 'bool', CALCULATED],
      ['hs_resolution', 'Resolution', 'text'],
    ]),
    ...own('customer_success', [
      [names.ticketCsat, 'number'],
      [names.ticketEscalated, 'bool'],
      [names.ticketReopened, 'bool'],
    ]),
  ];
}

export const dealProperties = (): PropertyDefinition[] => [
  ...envelope('dealinformation'),
  ...standard('dealinformation', [
    CREATEDATE,
    ['dealname', 'Deal Name', 'string'],
    ['amount', 'Amount', 'money'],
    ['dealstage', 'Deal Stage', same('qualified', 'proposal', 'contractsent', 'closedwon', 'closedlost')],
    ['pipeline', 'Pipeline', same('default')],
    ['closedate', 'Close Date', 'datetime'],
    ['dealtype', 'Deal Type', same('newbusiness', 'existingbusiness', 'renewal')],
    ['deal_currency_code', 'Currency', same('JPY', 'USD')],
    ['amount_in_home_currency', 'Amount in company currency', 'money', CALCULATED],
    ['hs_mrr', 'Monthly recurring revenue', 'money', CALCULATED],
    ['hs_arr', 'Annual recurring revenue', 'money', CALCULATED],
    ['hs_is_closed', 'Is Deal Closed?', 'bool', CALCULATED],
    ['hs_is_closed_won', 'Is Closed Won', 'bool', CALCULATED],
  ]),
];

export const lineItemProperties = (): PropertyDefinition[] => [
  ...envelope('lineiteminformation'),
  ...standard('lineiteminformation', [
    ['name', 'Name', 'string'],
    ['quantity', 'Quantity', 'number'],
    ['price', 'Unit price', 'money'],
    ['amount', 'Net price', 'money'],
    ['hs_mrr', 'Monthly recurring revenue', 'money', CALCULATED],
    ['hs_line_item_currency_code', 'Currency', same('JPY', 'USD')],
    ['recurringbillingfrequency', 'Billing frequency', same('monthly', 'annually', 'per_six_months')],
    ['hs_recurring_billing_start_date', 'Billing start date', 'date'],
    ['hs_recurring_billing_period', 'Term', 'string'],
  ]),
];

export const feedbackProperties = (): PropertyDefinition[] => [
  ...envelope('feedbacksubmissioninformation'),
  ...standard('feedbacksubmissioninformation', [
    ['hs_survey_type', 'Survey type', same('NPS', 'CSAT', 'CES', 'CUSTOM')],
    ['hs_survey_name', 'Survey name', 'string'],
    ['hs_survey_id', 'Survey ID', 'number'],
    ['hs_survey_channel', 'Channel', same('EMAIL', 'WEB')],
    ['hs_value', 'Rating', 'number'],
    ['hs_response_group', 'Response group', same('PROMOTER', 'PASSIVE', 'DETRACTOR', 'HAPPY', 'NEUTRAL', 'UNHAPPY')],
    ['hs_sentiment', 'Sentiment', same('POSITIVE', 'NEUTRAL', 'NEGATIVE')],
    ['hs_content', 'Response', 'text'],
    ['hs_submission_name', 'Name', 'string'],
    ['hs_submission_timestamp', 'Survey submission date', 'datetime'],
  ]),
];

export function activityProperties(kind: 'task' | 'note' | 'meeting' | 'call' | 'email'): PropertyDefinition[] {
  const rows: Record<typeof kind, readonly Row[]> = {
    note: [
      ['hs_note_body', 'Note body', 'text'],
      ['hs_attachment_ids', 'Attachments', 'string'],
      ['hs_body_preview', 'Body preview', 'string', READ_ONLY],
    ],
    task: [
      ['hs_task_subject', 'Task Title', 'string'],
      ['hs_task_body', 'Task notes', 'text'],
      ['hs_task_status', 'Task Status', same('NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED')],
      ['hs_task_priority', 'Priority', same('NONE', 'LOW', 'MEDIUM', 'HIGH')],
      ['hs_task_type', 'Task Type', same('TODO', 'CALL', 'EMAIL')],
      ['hs_task_reminders', 'Reminders', 'string'],
      ['hs_task_completion_date', 'Completed at', 'datetime', READ_ONLY],
    ],
    call: [
      ['hs_call_title', 'Call Title', 'string'],
      ['hs_call_body', 'Call notes', 'text'],
      ['hs_call_direction', 'Call direction', same('INBOUND', 'OUTBOUND')],
      [
        'hs_call_status',
        'Call status',
        same(
          'BUSY',
          'CALLING_CRM_USER',
          'CANCELED',
          'COMPLETED',
          'CONNECTING',
          'FAILED',
          'IN_PROGRESS',
          'MISSED',
          'NO_ANSWER',
          'QUEUED',
          'RINGING',
        ),
      ],
      ['hs_call_duration', 'Call duration', 'number'],
      ['hs_call_disposition', 'Call outcome', 'string'],
    ],
    meeting: [
      ['hs_meeting_title', 'Meeting title', 'string'],
      ['hs_meeting_body', 'Meeting notes', 'text'],
      ['hs_meeting_location', 'Location', 'string'],
      ['hs_meeting_start_time', 'Meeting start time', 'datetime'],
      ['hs_meeting_end_time', 'Meeting end time', 'datetime'],
      ['hs_meeting_outcome', 'Meeting outcome', same('SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED')],
    ],
    email: [
      ['hs_email_direction', 'Email Direction', same('EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL')],
      ['hs_email_status', 'Email send status', same('SENT', 'BOUNCED', 'FAILED', 'SCHEDULED')],
      ['hs_email_subject', 'Email subject', 'string'],
      ['hs_email_text', 'Email body', 'text'],
      ['hs_email_html', 'Email body (HTML)', 'text'],
      ['hs_email_headers', 'Email headers', 'text'],
    ],
  };
  return [...envelope('engagement'), ...standard('engagement', [['hs_timestamp', 'Activity date', 'datetime'], ...rows[kind]])];
}

export const mrrProperties = (names: Names): PropertyDefinition[] => [
  ...envelope('mrr_information'),
  ...own('mrr_information', [
    [names.mrrTitle, 'string'],
    [names.mrrMonth, 'date'],
    [names.mrrAmount, 'money'],
    [names.mrrProduct, 'string'],
    [names.mrrPlan, 'string'],
    [names.mrrCurrency, 'string'],
    [names.mrrSeats, 'number'],
  ]),
];

export const usageProperties = (names: Names): PropertyDefinition[] => [
  ...envelope('usage_information'),
  ...own('usage_information', [
    [names.usageWeek, 'date'],
    [names.usageLogins, 'number'],
    [names.usageUsers, 'number'],
    [names.usageMinutes, 'number'],
    [names.usageFeatures, 'number'],
    [names.usageLastUsed, 'date'],
  ]),
];
