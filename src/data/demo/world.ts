/** The living portal: its clock, its journal, what search and association reads do not see yet. */
import type { Instant } from '../../units/day.ts';
import { applyChange, type Change, type LinkChange, touched } from './apply.ts';
import type { World } from './call.ts';
import { openJournal } from './journal.ts';
import { createSearchIndex } from './search-index.ts';
import type { PortalState } from './state.ts';

export interface WorldOptions {
  readonly portal: PortalState;
  readonly now: () => Instant;
  readonly stateFile: string | undefined;
  readonly associationPageSize: number;
}

export interface LivingWorld {
  readonly world: World;
  setUrl(url: string): void;
  setAssociationLag(ms: number): void;
  close(): void;
}

/** Ids of records made at run time lie above every seeded one. */
const FIRST_NEW_ID = 500_000_000_000;

export function createWorld(options: WorldOptions): LivingWorld {
  const { portal, now } = options;
  const index = createSearchIndex(portal, now);
  const journal = options.stateFile === undefined ? null : openJournal(options.stateFile);
  const links = createHiddenLinks(now);
  let newest = FIRST_NEW_ID;
  let url = '';
  let seed = 0x2545f491;

  const apply = (change: Change) => {
    if (change.kind === 'create') newest = Math.max(newest, Number(change.id));
    applyChange(portal, change);
  };
  for (const change of journal?.earlier ?? []) apply(change);

  const world: World = {
    portal,
    index,
    now,
    hiddenLinks: links,
    associationPageSize: options.associationPageSize,
    get url() {
      return url;
    },
    commit(changes) {
      if (changes.length === 0) return;
      journal?.append(changes);
      for (const change of changes) {
        for (const ref of touched(change)) index.note(ref);
        if (change.kind === 'link') links.note(change);
        apply(change);
      }
    },
    newId() {
      newest += 1;
      return String(newest);
    },
    random() {
      // xorshift32
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      return (seed >>> 0) / 2 ** 32;
    },
  };
  return {
    world,
    setUrl(next) {
      url = next;
    },
    setAssociationLag: links.setLag,
    close: () => journal?.close(),
  };
}

function createHiddenLinks(now: () => Instant) {
  const until = new Map<string, number>();
  let lag = 0;
  const key = (fromType: string, from: string, toType: string, to: string) => `${fromType}/${from}>${toType}/${to}`;
  return {
    setLag(ms: number) {
      lag = ms;
    },
    note(link: LinkChange) {
      if (lag <= 0) return;
      until.set(key(link.fromType, link.from, link.toType, link.to), now() + lag);
      until.set(key(link.toType, link.to, link.fromType, link.from), now() + lag);
    },
    hides(fromType: string, from: string, toType: string, to: string): boolean {
      if (until.size === 0) return false;
      const visibleAt = until.get(key(fromType, from, toType, to));
      return visibleAt !== undefined && visibleAt > now();
    },
  };
}
