/** Why a signal says nothing, in words: one sentence for screens and commands. */
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { formatDay } from '../text/when.ts';
import { parseDay } from '../units/day.ts';
import type { ReceiptView } from './account-view.ts';

/** Scopes as HubSpot names them, of which any one would do: `crm.objects.contacts.read / tickets`. */
const SCOPES = /^(?:tickets|[a-z_-]+(?:\.[a-z_-]+)+)(?: \/ (?:tickets|[a-z_-]+(?:\.[a-z_-]+)+))*$/;
/** Said of a feed whose records the first sync has still to bring. */
export const FIRST_SYNC = 'first_sync';
const SILENT = /^silent_since (\d{4}-\d{2}-\d{2})$/;

/** A missing scope and a feed's last day say more than a state; everything else is the state in words. */
export function missingReason({ state, because }: Pick<ReceiptView['missing'][number], 'state' | 'because'>, lang: Lang): string {
  if (SCOPES.test(because)) return t(lang, 'book.scope_missing', { scope: cleanLine(because) });
  if (because === FIRST_SYNC) return t(lang, 'sync.first');
  const since = parseDay(SILENT.exec(because)?.[1] ?? '');
  return since ? t(lang, 'book.silent_since', { day: formatDay(since, lang) }) : t(lang, `book.state.${state}`);
}
