/** The inputs that rules of a policy may name. A new input is a function here; a new signal over it is a row of data. */
import type { Input } from '../reading.ts';
import { commercialInputs } from './commercial.ts';
import { engagementInputs } from './engagement.ts';
import { lifecycleInputs } from './lifecycle.ts';
import { sentimentInputs } from './sentiment.ts';
import { supportInputs } from './support.ts';
import { usageInputs } from './usage.ts';

const { lastLogin, loginTrend, seatUtilisation, adoption, adoptionTrend } = usageInputs;
const { contractAge, daysToRenewal, renewalWithoutMeeting, activation } = lifecycleInputs;
const { ticketRise, urgentTickets, escalatedTickets, repeatedProblems, csatMean } = supportInputs;
const { npsLatest, npsFall } = sentimentInputs;
const { mrrChange, droppedProduct, singleProduct, seatsChange, daysOverdue } = commercialInputs;
const { daysSinceContact, championLeft, activeContacts } = engagementInputs;

/** By the name that a rule's `input` gives. */
export const INPUTS = {
  days_since_last_use: lastLogin,
  login_trend: loginTrend,
  seat_utilisation: seatUtilisation,
  adoption,
  adoption_trend: adoptionTrend,
  contract_age_months: contractAge,
  days_to_renewal: daysToRenewal,
  renewal_without_meeting: renewalWithoutMeeting,
  activation,
  ticket_rise: ticketRise,
  urgent_tickets: urgentTickets,
  escalated_tickets: escalatedTickets,
  repeated_problems: repeatedProblems,
  csat_mean: csatMean,
  nps_latest: npsLatest,
  nps_fall: npsFall,
  mrr_change_3m: mrrChange,
  product_dropped: droppedProduct,
  single_product: singleProduct,
  seats_change_3m: seatsChange,
  days_overdue: daysOverdue,
  days_since_contact: daysSinceContact,
  champion_left: championLeft,
  active_contacts: activeContacts,
} as const satisfies Readonly<Record<string, Input>>;

export type InputName = keyof typeof INPUTS;

export const isInputName = (name: string): name is InputName => Object.hasOwn(INPUTS, name);
