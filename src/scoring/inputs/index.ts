/** The inputs that rules of a policy may name. A new input is a function here; a new signal over it is a row of data. */
import type { Input } from '../reading.ts';
import { commercialInputs } from './commercial.ts';
import { engagementInputs } from './engagement.ts';
import { lifecycleInputs } from './lifecycle.ts';
import { marketInputs } from './market.ts';
import { reachInputs } from './reach.ts';
import { sentimentInputs } from './sentiment.ts';
import { supportInputs } from './support.ts';
import { usageInputs } from './usage.ts';

const { lastLogin, loginTrend, loginRate, unitCost, keyFeatureStopped, seatUtilisation, adoption, adoptionTrend } = usageInputs;
const { contractAge, daysToRenewal, renewalWithoutMeeting, activation } = lifecycleInputs;
const { ticketRise, urgentTickets, escalatedTickets, repeatedProblems, csatMean, resolutionTime } = supportInputs;
const { npsLatest, npsFall, unansweredSurveys } = sentimentInputs;
const { mrrChange, droppedProduct, singleProduct, seatsChange, daysOverdue, priceRaised, discountEnding } = commercialInputs;
const { daysSinceContact, championLeft, activeContacts } = engagementInputs;
const { cancelPageViews, pricingPageViews, webTrend, openRate } = reachInputs;
const { competitorMentions, priceMentions, featureGaps, incident, opinion } = marketInputs;

/** By the name that a rule's `input` gives. */
export const INPUTS = {
  days_since_last_use: lastLogin,
  login_trend: loginTrend,
  logins_per_seat: loginRate,
  seat_utilisation: seatUtilisation,
  adoption,
  adoption_trend: adoptionTrend,
  key_feature_stopped: keyFeatureStopped,
  unit_cost: unitCost,
  contract_age_months: contractAge,
  days_to_renewal: daysToRenewal,
  renewal_without_meeting: renewalWithoutMeeting,
  activation,
  ticket_rise: ticketRise,
  urgent_tickets: urgentTickets,
  escalated_tickets: escalatedTickets,
  repeated_problems: repeatedProblems,
  csat_mean: csatMean,
  resolution_time: resolutionTime,
  nps_latest: npsLatest,
  nps_fall: npsFall,
  unanswered_surveys: unansweredSurveys,
  mrr_change_3m: mrrChange,
  product_dropped: droppedProduct,
  single_product: singleProduct,
  seats_change_3m: seatsChange,
  days_overdue: daysOverdue,
  price_raised: priceRaised,
  discount_ending: discountEnding,
  price_mentions: priceMentions,
  cancel_page_views: cancelPageViews,
  pricing_page_views: pricingPageViews,
  web_trend: webTrend,
  email_open_rate: openRate,
  days_since_contact: daysSinceContact,
  champion_left: championLeft,
  active_contacts: activeContacts,
  competitor_mentions: competitorMentions,
  feature_gaps: featureGaps,
  incident,
  csm_opinion: opinion,
} as const satisfies Readonly<Record<string, Input>>;

export type InputName = keyof typeof INPUTS;

export const isInputName = (name: string): name is InputName => Object.hasOwn(INPUTS, name);
