/** What the app tells of a moment: every screen and everything above it, in words. Pure. */
import { quietLine } from '../../book/quiet.ts';
import type { Line } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { bandLine } from '../../screens/brief/view-model.ts';
import { aloud, keyAloud } from '../../text/aloud.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Context } from '../context.ts';
import type { Frame } from '../frame.ts';
import { overlayLines, screenLines } from '../frame.ts';
import { headerLine } from '../header.ts';
import { hints } from '../help.ts';
import { modeOf, type Overlay, type Screen, topOverlay, topScreen } from '../state.ts';
import { tellAccount } from './tell-account.ts';
import { tellBook } from './tell-book.ts';
import { tellMatrix } from './tell-matrix.ts';
import { tellOverlay } from './tell-overlay.ts';
import type { Place, Telling } from './telling.ts';
import { toldLines } from './words.ts';

/** Room in which screens without words of their own are laid out: nothing they say is cut. */
const ROOM = { columns: 160, rows: 60 } as const;

export function tellingOf(context: Context): Telling {
  const { ui, lang } = context;
  const overlay = topOverlay(ui);
  const { place, lines, focus, field } = overlay ? overlayPlace(context, overlay) : screenPlace(context, topScreen(ui));
  return {
    status: statusOf(context),
    toast: ui.toast && ui.toast.until > context.now ? aloud(ui.toast.text, lang) : null,
    place,
    lines,
    focus,
    field: field ?? null,
    isTyping: false,
    keys: keysOf(context),
    mustAnswer: overlay?.kind === 'confirm',
  };
}

function screenPlace(context: Context, screen: Screen): Place {
  const { lang } = context;
  if (screen.name === 'book') return tellBook(context);
  if (screen.name === 'account') return tellAccount(context, screen);
  if (screen.name === 'matrix') return tellMatrix(context, screen);
  const name = say(lang, 'plain.screen', { name: say(lang, `app.screen.${screen.name}`) });
  const { lines, focus } = toldLines(screenLines({ ...context, ui: { ...context.ui, size: ROOM } }, ROOM.rows), lang);
  const part = 'view' in screen ? screen.view : screen.name === 'behind' ? screen.title : '';
  return { place: `${screen.name} ${part}`, lines: [name, ...lines], focus };
}

function overlayPlace(context: Context, overlay: Overlay): Place {
  const told = tellOverlay(context, overlay);
  if (told) return told;
  const { lines, focus } = toldLines(overlayLines({ ...context, ui: { ...context.ui, size: ROOM } }, ROOM.rows), context.lang);
  return { place: overlay.kind, lines, focus };
}

/** The header part by part, without what moves by itself, and the brief. */
function statusOf(context: Context): Clean[] {
  const { status, lang, snapshot, workspace } = context;
  const head = headerLine({ ...context, status: { ...status, sync: null, scoring: false } }, 2 * ROOM.columns);
  const quiet = snapshot ? quietLine(snapshot.feeds, lang) : null;
  const { timeZone, currency } = workspace.portal;
  const told = workspace.brief();
  const brief: Line =
    told === null ? [] : bandLine({ told, chosen: null, currency, timeZone, today: workspace.today, width: 2 * ROOM.columns, lang });
  return [
    ...head.map(({ text }) => aloud(text, lang)),
    ...(status.problem === null ? [] : [cleanLine(status.problem)]),
    ...(quiet === null ? [] : [cleanLine(quiet)]),
    ...(snapshot?.unproven ? [say(lang, 'scoring.list.unproven')] : []),
    aloud(
      brief
        .map(({ text }) => text)
        .join('')
        .replace(/ {2,}/g, ' · ')
        .replace(/^ · |: · /g, ': '),
      lang,
    ),
  ].filter((text) => text !== '');
}

function keysOf(context: Context): Clean | null {
  const found = hints(context, modeOf(context.ui)).map(({ key, word }) => `${keyAloud(key, context.lang)} ${word}`);
  return found.length === 0 ? null : say(context.lang, 'plain.keys', { keys: found.join(say(context.lang, 'plain.and')) });
}

/** Of something that is known by its frame alone; where it has a cursor, text is being typed. */
export function tellingOfFrame(frame: Frame, lang: Lang): Telling {
  const lines = frame.lines.slice(0, -1);
  const foot = aloud((frame.lines.at(-1) ?? []).map(({ text }) => text).join(''), lang);
  const told = toldLines(lines, lang);
  return {
    status: [],
    toast: null,
    place: 'frame',
    ...told,
    field: null,
    isTyping: frame.cursor !== null,
    keys: foot === '' ? null : say(lang, 'plain.keys', { keys: foot }),
    mustAnswer: false,
  };
}
