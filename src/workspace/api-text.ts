/** HubSpot's failure as one sentence with what to do next. */
import type { ApiFailure } from '../data/hubspot/types.ts';
import { cleanLine } from '../text/clean.ts';
import { formatMoment } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { dayOf, type Instant } from '../units/day.ts';

/** Times are told on this machine's clock: it is when the reader can come back. */
export function apiText(failure: ApiFailure, lang: Lang, now: Instant): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return t(lang, `error.api.${failure.kind}`, {
    scopes: cleanLine(failure.scopes.join(' / ')),
    until: failure.retryAt === null ? '–' : formatMoment(failure.retryAt, zone, dayOf(now, zone), lang),
    message: cleanLine(failure.message),
    request: cleanLine(failure.request),
    status: failure.status ?? '',
  });
}
