/** What carrying out an effect may touch; everything that comes back changes the ui state through `update`. */
import type { Workspace } from '../open.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Drafts } from './drafts.ts';
import type { Ui } from './state.ts';
import type { World } from './world.ts';

export interface Hands {
  readonly workspace: Workspace;
  readonly world: World;
  readonly drafts: Drafts;
  readonly lang: Lang;
  update(change: (ui: Ui) => Ui): void;
  /** Reads account and outbox again. */
  reload(): void;
}
