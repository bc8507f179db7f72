/** Looking around in one account: sections, receipts of other days, the timeline's text, the records behind. */
import { say } from '../../components/say.ts';
import { textBuffer } from '../../components/text-buffer.ts';
import { type AccountLook, accountLastOffset, accountSection, FIRST_LOOK } from '../../screens/account/view-model.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { menuItems } from '../menus.ts';
import { pushOverlay, topScreen, type Ui, withScreen } from '../state.ts';

/** The account on screen with `change` made to what of it is looked at, from the top where `top` says so. */
export function looked(ui: Ui, change: Partial<AccountLook>, top = false): Ui {
  const screen = topScreen(ui);
  if (screen.name !== 'account') return ui;
  return withScreen(ui, { ...screen, look: { ...FIRST_LOOK, ...screen.look, ...change }, ...(top ? { offset: 0 } : {}) });
}

const viewOn = ({ ui }: Context) => {
  const screen = topScreen(ui);
  return screen.name === 'account' && ui.account?.id === screen.id ? ui.account.view : null;
};

function toSection(context: Context, by: 1 | -1): Outcome {
  const { ui, lang } = context;
  const screen = topScreen(ui);
  if (screen.name !== 'account') return {};
  const look = screen.look ?? FIRST_LOOK;
  const input = { view: viewOn(context), width: ui.size.columns, height: layoutOf(context).body, lang, look };
  const last = accountLastOffset(input);
  // At the end of the page there is nothing further down to go to.
  const offset = by > 0 && screen.offset >= last ? 0 : Math.min(last, accountSection(input, screen.offset, by));
  return { ui: withScreen(ui, { ...screen, offset }) };
}

const reading = (context: Context) => (viewOn(context) ? null : say(context.lang, 'app.account.reading'));

export const accountActions: readonly Action[] = [
  {
    id: 'account.nextSection',
    keys: ['tab'],
    title: 'account.section.next',
    hint: 'account.section.next.hint',
    short: 'account.section.next.short',
    where: ['account'],
    run: (context) => toSection(context, 1),
  },
  {
    id: 'account.previousSection',
    keys: ['shift+tab'],
    title: 'account.section.previous',
    hint: 'account.section.previous.hint',
    where: ['account'],
    run: (context) => toSection(context, -1),
  },
  {
    id: 'account.receipt',
    keys: ['v'],
    title: 'account.receipt',
    hint: 'account.receipt.hint',
    where: ['account'],
    disabled: reading,
    run: (context) => {
      const screen = topScreen(context.ui);
      const days = 1 + (viewOn(context)?.earlier.length ?? 0);
      const at = screen.name === 'account' ? (screen.look?.receipt ?? 0) : 0;
      return { ui: looked(context.ui, { receipt: (at + 1) % days }, true) };
    },
  },
  {
    id: 'account.find',
    keys: ['/'],
    title: 'account.find',
    hint: 'account.find.hint',
    short: 'account.find.short',
    where: ['account'],
    disabled: reading,
    run: ({ ui }) => {
      const screen = topScreen(ui);
      return { ui: pushOverlay(ui, { kind: 'search', buffer: textBuffer(screen.name === 'account' ? (screen.look?.find ?? '') : '') }) };
    },
  },
  {
    id: 'account.evidence',
    keys: ['E'],
    title: 'account.evidence',
    hint: 'account.evidence.hint',
    where: ['account'],
    disabled: (context) =>
      reading(context) ?? (menuItems('evidence', context).length === 0 ? say(context.lang, 'account.evidence.none') : null),
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'menu', menu: 'evidence', index: 0 }) }),
  },
];
