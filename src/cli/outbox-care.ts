/** The outbox beside its daily work: its words as text, records that are there twice, and how the portal knows our writes. */
import { randomBytes } from 'node:crypto';
import { cleanBlock, cleanLine } from '../text/clean.ts';
import { type MessageKey, t } from '../text/messages/index.ts';
import type { Desk } from '../workspace/desk.ts';
import { RemoteError } from '../workspace/errors.ts';
import type { Probed } from '../workspace/marker-probe.ts';
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
  if (word === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'outbox.error.probe_account'));
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
  const { markSurvives, millisecondsSurvive, listedAtOnce } = probed.value;
  if (context.json) writeJson(context, { ...probed.value });
  else {
    const yes = (is: boolean) => t(context.lang, is ? 'outbox.probe.yes' : 'outbox.probe.no');
    context.stdout.write(probedText(context, probed.value));
    const facts = { mark: yes(markSurvives), ms: yes(millisecondsSurvive), listed: yes(listedAtOnce) };
    context.stdout.write(`${t(context.lang, 'outbox.probe.facts', facts)}\n`);
  }
  return EXIT.done;
}

function probedText({ lang }: Context, { way, objects, refused }: Probed): string {
  const first = `${t(lang, `outbox.probe.${way}`, { objects: objects.join(', ') })}\n`;
  return refused === null ? first : `${first}${t(lang, 'outbox.probe.refused', { message: cleanLine(refused) })}\n`;
}

/** Marks our records by a property while a portal is set up. What HubSpot refuses is told and stops nothing: the text is used then. */
export async function probeAtSetUp(context: Context, session: Session, portalId: string): Promise<Probed | null> {
  const { markAtSetUp } = await import('../workspace/marker-probe.ts');
  const probed = await markAtSetUp(session, portalId, { text: t(context.lang, 'outbox.probe.note'), random: randomBytes(12) });
  if (!probed.ok) {
    context.stderr.write(`${t(context.lang, 'outbox.probe.refused', { message: cleanLine(probed.error.message) })}\n`);
    return null;
  }
  if (!context.json && probed.value) context.stdout.write(probedText(context, probed.value));
  return probed.value;
}
