/** Property definitions of companies, contacts and tickets. */
import type { PropertyDefinition } from '../state.ts';
import type { Names } from './naming.ts';
import { CALCULATED, CREATEDATE, envelope, own, READ_ONLY, same, standard } from './property.ts';

const INDUSTRIES: readonly (readonly [string, string])[] = [
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

const CHURN_REASONS: readonly (readonly [string, string])[] = [
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
      [names.priceRaisedOn, 'date'],
      [names.priceRaise, 'number'],
      [names.discountEndsOn, 'date'],
      [names.discount, 'number'],
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
      ['hs_analytics_num_visits', 'Number of Sessions', 'number', READ_ONLY],
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
      [names.surveySentOn, 'date'],
      [names.cancelViews, 'number'],
      [names.pricingViews, 'number'],
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
