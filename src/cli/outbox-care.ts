/** The outbox beside its daily work: its words as text, records that are there twice, and how the portal knows our writes. */
import { randomBytes } from 'node:crypto';
import { type KeptProbe, lastProbe } from '../data/store/marker-probe.ts';
import { cleanBlock, cleanLine } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import { type MessageKey, t } from '../text/messages/index.ts';
import { dayOf } from '../units/day.ts';
import type { Desk } from '../workspace/desk.ts';
import { RemoteError } from '../workspace/errors.ts';
import type { Session } from '../workspace/session.ts';
import { type Context, flag, type Invocation } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { accountRow } from './owners.ts';
import { writeJson } from './print.ts';

const TEXT_LIMIT = 100_000;
const SENDING_MS = 30_000;

export async function exportOutbox(context: Context, session: Session, all: boolean): Promise<number> {
  const { exportRows } = await import('../workspace/outbox-export.ts');
  const rows = await exportRows(session, all);
  if (context.json) {
    writeJson(context, { rows: rows.map((row) => ({ ...row, queuedAt: new Date(row.queuedAt).toISOString() })) });
    return EXIT.done;
  }
  for (const row of rows) {
    const head = [row.id, row.state, t(context.lang, `outbox.kind.${row.kind}`), row.companyId, new Date(row.queuedAt).toISOString()];
    context.stdout.write(`## ${head.map((part) => cleanLine(part)).join(' · ')}\n\n${cleanBlock(row.text, TEXT_LIMIT)}\n\n`);
  }
  return EXIT.done;
}

export async function doubles(context: Context, desk: Desk, session: Session, heal: boolean): Promise<number> {
  const { findDoubles, healDoubles } = await import('../workspace/doubles.ts');
  const found = await findDoubles(await session.cache());
  const queued = heal ? await healDoubles(session, found, t(context.lang, 'outbox.doubles.what')) : [];
  const sent = heal && !context.offline ? await desk.deliverAll(queued, SENDING_MS) : [];
  const failed = sent.filter(({ state }) => state !== 'sent').length;
  if (context.json) writeJson(context, { doubles: found, archived: sent.length - failed, failed });
  else {
    for (const { object, keep, others } of found)
      context.stdout.write(`${t(context.lang, 'outbox.doubles.row', { object, keep, others: others.join(', ') })}\n`);
    const key: MessageKey = found.length === 0 ? 'outbox.doubles.none' : heal ? 'outbox.doubles.healed' : 'outbox.doubles.found';
    context.stdout.write(`${t(context.lang, key, { n: heal ? sent.length - failed : found.length })}\n`);
  }
  return failed > 0 ? EXIT.partly : EXIT.done;
}

export async function probe(context: Context, invocation: Invocation, desk: Desk, session: Session): Promise<number> {
  const word = invocation.args[1];
  if (word === undefined) return showProbe(context, desk, session);
  const account = accountRow(context, await desk.book(), word);
  const { probeMarkers } = await import('../workspace/marker-probe.ts');
  const probed = await probeMarkers(session, {
    companyId: account.id,
    portalId: session.profile.settings.portalId ?? '',
    text: t(context.lang, 'outbox.probe.note'),
    create: flag(invocation, 'createProperties'),
    random: randomBytes(12),
  });
  if (!probed.ok) throw new RemoteError(probed.error);
  if (context.json) writeJson(context, probeJson(probed.value));
  else context.stdout.write(`${probedText(context, probed.value)}${probeFigures(context, probed.value)}\n`);
  return EXIT.done;
}

/** What the last probe found, without asking HubSpot again. */
async function showProbe(context: Context, desk: Desk, session: Session): Promise<number> {
  const kept = await lastProbe((await session.local()).db, session.profile.settings.portalId ?? '');
  if (kept === null) throw new CommandError(EXIT.usage, t(context.lang, 'outbox.error.probe_account'));
  if (context.json) writeJson(context, probeJson(kept));
  else {
    const when = t(context.lang, 'outbox.probe.when', { day: formatDay(dayOf(kept.at, desk.timeZone), context.lang) });
    context.stdout.write(`${when}\n${probedText(context, kept)}${probeFigures(context, kept)}\n`);
  }
  return EXIT.done;
}

const probeJson = ({ at, ...figures }: KeptProbe): Record<string, unknown> => ({ at: new Date(at).toISOString(), ...figures });

function probeFigures({ lang }: Context, { markSurvives, millisecondsSurvive, listedAfterMs, searchedAfterMs }: KeptProbe): string {
  const yes = (is: boolean) => t(lang, is ? 'outbox.probe.yes' : 'outbox.probe.no');
  const lag = (ms: number | null) => (ms === null ? t(lang, 'outbox.probe.lag.none') : t(lang, 'outbox.probe.lag', { ms }));
  return t(lang, 'outbox.probe.facts', {
    mark: yes(markSurvives),
    ms: yes(millisecondsSurvive),
    listed: lag(listedAfterMs),
    searched: lag(searchedAfterMs),
  });
}

function probedText({ lang }: Context, { way, objects, refused }: KeptProbe): string {
  const first = `${t(lang, `outbox.probe.${way}`, { objects: objects.join(', ') })}\n`;
  return refused === null ? first : `${first}${t(lang, 'outbox.probe.refused', { message: cleanLine(refused) })}\n`;
}

/** Marks our records by a property while a portal is set up. What HubSpot refuses is told and stops nothing: the text is used then. */
export async function probeAtSetUp(context: Context, session: Session, portalId: string): Promise<KeptProbe | null> {
  const { markAtSetUp } = await import('../workspace/marker-probe.ts');
  const probed = await markAtSetUp(session, portalId, { text: t(context.lang, 'outbox.probe.note'), random: randomBytes(12) });
  if (!probed.ok) {
    context.stderr.write(`${t(context.lang, 'outbox.probe.refused', { message: cleanLine(probed.error.message) })}\n`);
    return null;
  }
  if (!context.json && probed.value) context.stdout.write(probedText(context, probed.value));
  return probed.value;
}
