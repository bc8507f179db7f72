/** What post-mortems have found: those of this machine, and those that others wrote as notes in HubSpot. */
import { textOfHtml } from '../data/hubspot/html.ts';
import type { Cache } from '../data/store/cache.ts';
import type { Db } from '../data/store/driver.ts';
import type { MarkedNote } from '../data/store/marks.ts';
import { causesFixed, postMortems } from '../data/store/post-mortems.ts';
import {
  AVOIDABLE,
  CAUSES,
  type CauseFixed,
  FIXED_STEP,
  type LookBack,
  type LookBackWords,
  POST_MORTEM_PLAY,
  readFixed,
  readLookBack,
} from '../plays/post-mortem.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { type Day, dayOf, type Instant } from '../units/day.ts';

const LANGS: readonly Lang[] = ['en', 'ja'];
const inBoth = (key: MessageKey): string[] => LANGS.map((lang) => t(lang, key));

/** Asked for where there is a note to read: a start needs the words of one language. */
const words = (): LookBackWords => ({
  cause: inBoth('acting.postmortem.cause'),
  avoidable: inBoth('acting.postmortem.avoidable'),
  helped: inBoth('acting.postmortem.helped'),
  causeOf: (word) => CAUSES.find((one) => one === word || inBoth(`revenue.category.${one}`).includes(word)) ?? null,
  avoidableOf: (word) => AVOIDABLE.find((one) => one === word || inBoth(`acting.avoidable.${one}`).includes(word)) ?? null,
});

/** By account id, the newest of each; what was written here wins over a note of the same day. */
export async function lookBacksOf(cache: Cache, local: Db, portalId: string, zone: string): Promise<ReadonlyMap<string, LookBack>> {
  const found = new Map<string, LookBack>();
  const keep = (id: string, one: Omit<LookBack, 'fixed'>): void => {
    const known = found.get(id);
    if (known === undefined || one.day >= known.day) found.set(id, { ...one, fixed: null });
  };
  for (const note of await cache.notesOfStep(POST_MORTEM_PLAY, 'review'))
    keep(note.companyId, { day: dayOfNote(note, zone), ...readLookBack(textOfHtml(note.body), words()) });
  for (const [id, { day, cause, avoidable, helped }] of await postMortems(local, portalId)) keep(id, { day, cause, avoidable, helped });

  const fixed = new Map<string, CauseFixed>();
  for (const note of await cache.notesOfStep(POST_MORTEM_PLAY, FIXED_STEP))
    fixed.set(note.companyId, { day: dayOfNote(note, zone), what: readFixed(textOfHtml(note.body)) });
  for (const [id, one] of await causesFixed(local, portalId)) if ((fixed.get(id)?.day ?? '') <= one.day) fixed.set(id, one);
  for (const [id, one] of fixed) {
    const known = found.get(id);
    // Fixed before the customer left: it was not this cause.
    if (known && one.day >= known.day) found.set(id, { ...known, fixed: one });
  }
  return found;
}

function dayOfNote({ at, createdAt }: MarkedNote, zone: string): Day {
  const told = at === null ? Number.NaN : /^\d+$/.test(at) ? Number(at) : Date.parse(at);
  return dayOf((Number.isFinite(told) ? told : createdAt) as Instant, zone);
}
