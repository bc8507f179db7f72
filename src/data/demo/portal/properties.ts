/** Property definitions of deals, surveys, activities and the portal's own objects. */
import type { PropertyDefinition } from '../state.ts';
import type { Names } from './naming.ts';
import { CALCULATED, CREATEDATE, envelope, own, READ_ONLY, type Row, same, standard } from './property.ts';

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

/** HubSpot's own, under the ids that they have in every portal. */
const CALL_OUTCOMES = [
  ['9d9162e7-6cf3-4944-bf63-4dff82258764', 'Busy'],
  ['f240bbac-87c9-4f6e-bf70-924b57d47db7', 'Connected'],
  ['a4c4c377-d246-4b32-a13b-75a56a4cd0ff', 'Left live message'],
  ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
  ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
  ['17b47fee-58de-441e-a44c-c6300d46f273', 'Wrong number'],
] as const;

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
      ['hs_call_disposition', 'Call outcome', CALL_OUTCOMES],
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
