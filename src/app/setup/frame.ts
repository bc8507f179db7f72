/** The terminal as lines while a portal is being set up. Pure. */
import { cutLine, emptyLine, gap, type Line, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { helpLines } from '../../screens/help/view-model.ts';
import { setupLines, setupTitle } from '../../screens/setup/view-model.ts';
import { cut } from '../../text/cells.ts';
import { literal } from '../../text/clean.ts';
import type { Frame } from '../frame.ts';
import { keyLabel } from '../keys.ts';
import { isTooSmall } from '../layout.ts';
import { MINIMUM, type Size } from '../state.ts';
import { type SetupContext, setupActionsIn, setupMode } from './actions.ts';

/** Header, rule, footer. */
const CHROME = 3;

export const setupHeight = ({ rows }: Size): number => Math.max(1, rows - CHROME);

export function setupFrame(context: SetupContext, scopes: readonly string[]): Frame {
  const { ui, setup, lang } = context;
  const { columns: width, rows } = ui.size;
  if (isTooSmall(ui.size)) {
    const words = say(lang, 'app.tooSmall', { columns: width, rows, minColumns: MINIMUM.columns, minRows: MINIMUM.rows });
    return { lines: exactly([[span(cut(words, width))]], rows), cursor: null };
  }
  const height = setupHeight(ui.size);
  const body = ui.help
    ? { lines: helpLines({ sections: [keySection(context)], offset: 0, width, height, lang }), cursor: null }
    : setupLines({ ui, token: setup.token, scopes, width, height, lang });
  const lines = [cutLine(setupTitle(ui, lang), width), ...exactly(body.lines, height), rule(width), footer(context, width)];
  const cursor = body.cursor && { x: Math.min(width - 1, body.cursor.x), y: body.cursor.y + 1 };
  return { lines: exactly(lines, rows).map((line) => cutLine(line, width)), cursor };
}

const exactly = (lines: readonly Line[], count: number): Line[] => Array.from({ length: count }, (_, index) => lines[index] ?? emptyLine);

const keySection = (context: SetupContext) => ({
  title: say(context.lang, 'setup.screen.setup'),
  items: setupActionsIn('setup').map((action) => ({
    keys: literal(action.keys.map(keyLabel).join(' ')),
    title: say(context.lang, action.title),
    hint: say(context.lang, action.hint),
    disabled: action.disabled?.(context) ?? null,
  })),
});

function footer(context: SetupContext, width: number): Line {
  const { ui, lang } = context;
  if (ui.problem !== null && ui.step === 'mapping') return cutLine([gap(1), span(ui.problem, 'problem')], width);
  const mode = setupMode(ui);
  const hints = setupActionsIn(mode)
    .filter((action) => action.short !== undefined && !action.disabled?.(context))
    .flatMap(
      (action): Line => [
        span(literal(keyLabel(action.keys[0] ?? '')), 'accent'),
        gap(1),
        span(say(lang, action.short ?? action.title), 'quiet'),
        gap(2),
      ],
    );
  const help: Line = mode === 'setup' ? [span(literal('?'), 'accent'), gap(1), span(say(lang, 'setup.action.help.short'), 'quiet')] : [];
  return cutLine([gap(1), ...hints, ...help], width);
}
