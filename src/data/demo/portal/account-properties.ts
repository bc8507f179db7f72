/** Property definitions of companies, contacts and tickets. */
import type { PropertyDefinition } from '../state.ts';
import { choices } from './choices.ts';
import type { Names } from './naming.ts';
import { CALCULATED, CREATEDATE, envelope, own, READ_ONLY, same, standard } from './property.ts';

export function companyProperties(names: Names): PropertyDefinition[] {
  return [
    ...envelope('companyinformation'),
    ...standard('companyinformation', [
      CREATEDATE,
      ['name', 'Company name', 'string'],
      ['domain', 'Company Domain Name', 'string', { unique: true }],
      ['industry', 'Industry', choices('industry', names.language)],
      ['numberofemployees', 'Number of Employees', 'number'],
      ['annualrevenue', 'Annual Revenue', 'money'],
      ['city', 'City', 'string'],
      ['country', 'Country/Region', 'string'],
      ['phone', 'Phone Number', 'string'],
      ['description', 'Description', 'text'],
      ['lifecyclestage', 'Lifecycle Stage', choices('stage', names.language)],
      ['hs_csm_sentiment', 'CSM sentiment', choices('sentiment', names.language)],
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
      [names.billing, choices('billing', names.language)],
      [names.noticeDays, 'number'],
      [names.noticeGivenOn, 'date'],
      [names.plan, same('Starter', 'Standard', 'Enterprise')],
      [names.goals, 'text'],
      [names.onboarding, choices('onboarding', names.language)],
      [names.churnedOn, 'date'],
      [names.churnReason, choices('churnReason', names.language)],
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
      ['lifecyclestage', 'Lifecycle Stage', choices('stage', names.language)],
      ['associatedcompanyid', 'Primary Associated Company ID', 'number', READ_ONLY],
      ['hs_buying_role', 'Buying Role', choices('buyingRole', names.language)],
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
      [names.contactRole, choices('role', names.language)],
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
      ['hs_ticket_priority', 'Priority', choices('priority', names.language)],
      ['hs_ticket_category', 'Category', choices('category', names.language)],
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
