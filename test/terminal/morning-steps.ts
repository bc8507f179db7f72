/** A morning on the demo portal, key by key: what it is about, what is pressed, what the screen then says. docs/morning.md counts it. */
import { KEY } from '../screen/key.ts';

/** Text is typed character by character; every other entry is one key that somebody decides on. */
type Press = string | { readonly text: string };

export interface Step {
  readonly what: string;
  readonly press: readonly Press[];
  /** Stands on the screen afterwards. */
  readonly see: string;
  /** What there is to read before, in seconds. */
  readonly read: number;
  /** An account that is dealt with here. */
  readonly account?: string;
}

const SAVE = '\u000f';
const ROW_S = 15;
const ACCOUNT_S = 45;

const handled = (count: number): string => `handled ${count} of 12`;

export const MORNING: readonly Step[] = [
  { what: 'the brief: nine got worse', press: ['b'], see: '▌9 worse▐', read: 20 },
  { what: 'one renewal came inside 90 days', press: ['b'], see: '▌1 renewal inside 90 d▐', read: 5 },
  { what: 'two have tasks due', press: ['b'], see: '▌2 with tasks due▐', read: 5 },
  { what: 'nothing else: the brief is seen', press: ['b'], see: 'Brief seen', read: 2 },
  { what: 'the first account, its receipt read', press: ['g', KEY.enter], see: 'Why 97', read: 5, account: '株式会社あおば' },
  { what: 'the proposed play, as it stands', press: ['p'], see: '[ Enter runs', read: ACCOUNT_S },
  { what: 'it runs as it stands', press: [KEY.enter], see: 'Queued 3 records', read: 3 },
  { what: 'done', press: [KEY.esc, 'd'], see: handled(1), read: 2 },
  { what: 'champion left: the play', press: ['p'], see: '[ Enter runs', read: ROW_S, account: 'Northwind Logistics K.K.' },
  { what: 'it runs as it stands', press: [KEY.enter], see: 'Queued 4 records', read: 3 },
  { what: 'done', press: ['d'], see: handled(2), read: 2 },
  { what: 'renews in 28 days: a task', press: ['t'], see: 'Task on', read: ROW_S, account: '北斗精機' },
  { what: 'written and saved', press: [{ text: 'Agree renewal terms' }, SAVE], see: 'queued, u to undo', read: 0 },
  { what: 'done', press: ['d'], see: handled(3), read: 2 },
  { what: 'no renewal talk yet: a note', press: ['n'], see: 'Note on', read: ROW_S, account: '株式会社札幌青葉台信用サービス' },
  { what: 'written and saved', press: [{ text: 'Asked for a date for the renewal talk.' }, SAVE], see: 'queued, u to undo', read: 0 },
  { what: 'done', press: ['d'], see: handled(4), read: 2 },
  {
    what: 'twice on the cancel page: its receipt read',
    press: [KEY.enter],
    see: 'Why 89',
    read: ROW_S,
    account: 'みなと物流ホールディングス',
  },
  { what: 'the proposed play', press: ['p'], see: '[ Enter runs', read: ACCOUNT_S },
  { what: 'it runs as it stands', press: [KEY.enter], see: 'Queued', read: 3 },
  { what: 'done', press: [KEY.esc, 'd'], see: handled(5), read: 2 },
  { what: 'felt to be at risk: the call of this morning', press: ['c'], see: 'Call with', read: ROW_S, account: '仙台潮見百貨株式会社' },
  { what: 'written and saved', press: [{ text: 'Budget cut; decides in December.' }, SAVE], see: 'queued, u to undo', read: 0 },
  { what: 'done', press: ['d'], see: handled(6), read: 2 },
  { what: 'renews in 44 days: put off for a week', press: ['z', KEY.enter], see: 'Snoozed until', read: ROW_S, account: '札幌八重垣物流' },
  { what: 'no: that is needed today', press: ['u'], see: 'Taken back', read: 2 },
  { what: 'done', press: ['d'], see: handled(7), read: 2 },
  {
    what: 'the renewal is agreed: that signal is dismissed',
    press: ['x', KEY.enter, KEY.enter],
    see: ' 32   ▼5',
    read: ROW_S,
    account: '仙台八重垣建設株式会社',
  },
  { what: 'done', press: ['d'], see: handled(8), read: 2 },
  { what: 'to the top', press: ['g'], see: '▸  8 ', read: 0 },
  { what: 'no contact for 67 days: a task', press: ['t'], see: 'Task on', read: ROW_S, account: '仙台桐生田建設株式会社' },
  { what: 'written and saved', press: [{ text: 'Call for a check-in' }, SAVE], see: 'queued, u to undo', read: 0 },
  { what: 'done', press: ['d'], see: handled(9), read: 2 },
  { what: 'felt to be at risk: the play', press: ['p'], see: '[ Enter runs', read: ROW_S, account: '雪柳精工' },
  { what: 'it runs as it stands', press: [KEY.enter], see: 'Queued', read: 3 },
  { what: 'done', press: ['d'], see: handled(10), read: 2 },
  {
    what: 'renews in 47 days: put off for two weeks',
    press: ['z', 'j', 'j', KEY.enter],
    see: 'Snoozed until',
    read: ROW_S,
    account: '札幌桐生田物流',
  },
  { what: 'half of the MRR is gone: a note', press: ['n'], see: 'Note on', read: ROW_S, account: 'さくら印刷' },
  { what: 'written and saved', press: [{ text: 'MA dropped for cost; offered the small plan.' }, SAVE], see: 'queued, u to undo', read: 0 },
  { what: 'done', press: ['d'], see: handled(11), read: 2 },
  { what: 'the open tasks', press: ['T'], see: '2 overdue', read: 10 },
  { what: 'the first overdue one is done', press: ['d'], see: '1 overdue', read: 5 },
  { what: 'the other until Monday', press: ['z', KEY.enter], see: '0 overdue', read: 5 },
  { what: 'back to the book', press: [KEY.esc], see: handled(11), read: 2 },
];

/** Seconds of somebody who types 40 words a minute, and of deciding on a key: the keystroke-level model (Card, Moran, Newell 1980). */
const KEYSTROKE_S = 0.28;
const DECISION_S = 1.35;

const keysOf = (press: Press): number => (typeof press === 'string' ? 1 : press.text.length);

export function costOf({ press, read }: Step): { readonly keys: number; readonly seconds: number } {
  const keys = press.reduce((sum, one) => sum + keysOf(one), 0);
  const decisions = press.filter((one) => typeof one === 'string').length;
  return { keys, seconds: read + keys * KEYSTROKE_S + decisions * DECISION_S };
}

export const bytesOf = ({ press }: Step): string[] => press.map((one) => (typeof one === 'string' ? one : one.text));

const NAMES: Readonly<Record<string, string>> = { [KEY.enter]: 'Enter', [KEY.esc]: 'Esc', [SAVE]: 'Ctrl-O' };
const shown = (press: Press): string => (typeof press === 'string' ? `\`${NAMES[press] ?? press}\`` : `“${press.text}”`);

/** The table of docs/morning.md, with its sums. */
export function morningTable(): string {
  let at = 0;
  const rows = MORNING.map((step) => {
    const { keys, seconds } = costOf(step);
    at += seconds;
    const clock = `${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, '0')}`;
    return `| ${clock} | ${step.account ?? ''} | ${step.what} | ${step.press.map(shown).join(' ')} | ${keys} |`;
  });
  return ['| at | account | what | keys | keystrokes |', '|---|---|---|---|---|', ...rows].join('\n');
}

export const total = (of: (step: Step) => number): number => MORNING.reduce((sum, step) => sum + of(step), 0);
