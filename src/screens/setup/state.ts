/** Where one stands in setting up a portal. Pure. */
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type {
  Access,
  SetupAnswers,
  SetupChoice,
  SetupCoverage,
  SetupKey,
  SetupOwner,
  SetupPortal,
  SetupPreview,
  WorkspaceStatus,
} from '../../open.ts';
import { type Clean, clean } from '../../text/clean.ts';
import { searchKey } from '../../text/search.ts';

export const STEPS = ['token', 'access', 'owner', 'mapping', 'coverage', 'sync'] as const;
export type Step = (typeof STEPS)[number];

/** Looking through all properties for one key. */
export interface Finding {
  readonly words: TextBuffer;
  readonly choices: readonly SetupChoice[];
  readonly index: number;
}

export interface SetupUi {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly step: Step;
  /** HubSpot is being asked; keys that go on wait. */
  readonly busy: boolean;
  readonly problem: Clean | null;
  readonly token: TextBuffer;
  readonly portal: SetupPortal | null;
  readonly access: readonly Access[];
  readonly owners: readonly SetupOwner[];
  /** Narrows the owners. */
  readonly search: TextBuffer;
  readonly answers: SetupAnswers;
  readonly keys: readonly SetupKey[];
  /** Row of the step's list, and the first one on screen. */
  readonly index: number;
  readonly offset: number;
  readonly finding: Finding | null;
  /** What the choice under the cursor does; null while it is being read. */
  readonly previews: readonly SetupPreview[] | null;
  readonly coverage: SetupCoverage | null;
  /** What is logged is to be marked by a property of its own. */
  readonly mark: boolean;
  readonly progress: WorkspaceStatus['sync'];
  readonly help: boolean;
}

export const initialSetup = (size: SetupUi['size'], answers: SetupAnswers): SetupUi => ({
  size,
  step: 'token',
  busy: false,
  problem: null,
  token: textBuffer(),
  portal: null,
  access: [],
  owners: [],
  search: textBuffer(),
  answers,
  keys: [],
  index: 0,
  offset: 0,
  finding: null,
  previews: null,
  coverage: null,
  mark: false,
  progress: null,
  help: false,
});

/** Whether letters are text here. */
export const isTypingSetup = ({ step, finding, help }: SetupUi): boolean =>
  !help && (step === 'token' || step === 'owner' || finding !== null);

export const at = (ui: SetupUi, step: Step, index = 0): SetupUi => ({
  ...ui,
  step,
  index,
  offset: 0,
  problem: null,
  finding: null,
  previews: null,
});

/** Those whose name or address has the words; the whole portal is one more row behind them. */
export function shownOwners({ owners, search }: Pick<SetupUi, 'owners' | 'search'>): readonly SetupOwner[] {
  const needle = searchKey(search.text);
  return needle === '' ? owners : owners.filter(({ name, email }) => searchKey(clean(`${name} ${email}`)).includes(needle));
}

/** Rows of the list that up and down walk through. */
export function rowsOf(ui: SetupUi): number {
  switch (ui.step) {
    case 'owner':
      return shownOwners(ui).length + 1;
    case 'mapping':
      return ui.keys.length;
    case 'coverage':
      return ui.coverage?.signals.length ?? 0;
    default:
      return 0;
  }
}

/** The first row from `from` on, round the end, that a person should look at; null where none does. */
export function nextToLook(keys: readonly SetupKey[], from: number): number | null {
  for (let step = 0; step < keys.length; step += 1) {
    const index = (from + step) % keys.length;
    const state = keys[index]?.state;
    if (state === 'look' || state === 'missing') return index;
  }
  return null;
}

/** The value one choice further; null (left out) stands after the last and before the first. */
export function turned({ choices, value }: SetupKey, by: 1 | -1): string | null {
  const values = [...choices.map((choice) => choice.value), null];
  const here = values.indexOf(value);
  return values[(here + by + values.length) % values.length] ?? null;
}

export const LEFT_OUT = '-';

export const answering = (ui: SetupUi, key: string, value: string | null): SetupAnswers => ({
  ...ui.answers,
  mapping: { ...ui.answers.mapping, [key]: value ?? LEFT_OUT },
});
