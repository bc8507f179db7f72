/** The demo portal at a fixed minute: a home that is filled once and copied, and its workspace with the background in this process. */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from '../../src/data/demo/apply.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { keepLook } from '../../src/data/store/local-queries.ts';
import { openWorkspace } from '../../src/open.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import type { Day, Instant } from '../../src/units/day.ts';
import { openBooks } from '../../src/workspace/books.ts';
import { prepareDemo } from '../../src/workspace/demo-setup.ts';
import { LOOK } from '../../src/workspace/morning.ts';
import { type Profile, readProfile, scopeOf } from '../../src/workspace/profile.ts';
import { openSession } from '../../src/workspace/session.ts';
import type { Workspace } from '../../src/workspace/types.ts';
import { HOSTILE } from '../screen/fixture.ts';

/** A Friday morning in Japan. */
export const DAY = '2026-11-20' as Day;
export const NOW = Date.parse(`${DAY}T08:30:00+09:00`) as Instant;
const MINUTE_MS = 60_000;
/** When the store was filled, and when somebody looked last. */
export const FILLED = (NOW - 18 * MINUTE_MS) as Instant;
const LOOKED = (NOW - 7 * 24 * 60 * MINUTE_MS) as Instant;

/** `url`: of a portal that is yet to be set up; without, the demo's own. */
export function profileAt(home: string, url: string | null = null): Profile {
  const now = (): Instant => Date.now() as Instant;
  const env = url === null ? {} : { KIZASHI_API_URL: url };
  const read = readProfile({ home, profile: 'default', demo: url === null, asOf: null, offline: false, verbose: false, env, now });
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
}

/** Names that want to drive the terminal or are as wide as they can be, on every record that a screen shows. */
function hostileNames(): readonly Change[] {
  const worst = (at: number): string => `${HOSTILE[at % HOSTILE.length]}${at >= HOSTILE.length ? ` ${at}` : ''}`;
  const shown: Readonly<Record<string, string>> = {
    '0-1': 'lastname',
    '0-2': 'name',
    '0-5': 'subject',
    '0-27': 'hs_task_subject',
    '0-46': 'hs_note_body',
  };
  const { types } = seedPortal({ asOf: DAY });
  return Object.entries(shown).flatMap(([type, property]) =>
    [...(types.get(type)?.records.keys() ?? [])].map(
      (id, at): Change => ({ kind: 'update', type, id, at: LOOKED, properties: { [property]: worst(at) }, touch: true }),
    ),
  );
}

/** The clock must stand at `FILLED`. The caller removes the folder. */
/** `demo`: with three rows in the outbox; `fresh`: with none; `hostile`: with names that want to drive the terminal. */
export type Filling = 'demo' | 'fresh' | 'hostile';

export async function fillHome(how: Filling): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'kizashi-frames-'));
  const empty = profileAt(home);
  if (how === 'hostile') {
    mkdirSync(empty.paths.demoDir, { recursive: true });
    writeFileSync(join(empty.paths.demoDir, 'journal.jsonl'), `${JSON.stringify(hostileNames())}\n`);
  }
  const ending = new AbortController();
  const profile = await prepareDemo(empty, ending.signal, undefined);
  const scope = scopeOf(profile.settings);
  if (scope === null) throw new Error('the demo has nobody at the desk');
  const session = openSession(profile, ending.signal);
  try {
    const books = await openBooks(session, scope);
    const { snapshot } = await books.current();
    await keepLook((await session.local()).db, books.portal.portalId, scope, LOOK, LOOKED);
    if (how === 'fresh') return home;
    const [first, second, third] = snapshot.rows;
    const outbox = await session.outbox();
    const myId = profile.settings.me?.ownerId ?? null;
    const note = (companyId: string, body: string) => ({ kind: 'note' as const, companyId, body, at: FILLED, ownerId: myId });
    if (!first || !second || !third) throw new Error('the demo has no accounts');
    await outbox.enqueue(note(first.id, '利用が6週間止まっている。新任の担当者に操作研修を提案した。'), { undoMs: 0 });
    await outbox.enqueue(note(second.id, 'Champion has left; asked who takes over before the renewal talk.'), { undoMs: 0 });
    await outbox.flush({ deadline: (FILLED + MINUTE_MS) as Instant });
    const due = '2026-11-27' as Day;
    const task = { kind: 'task' as const, body: '', due, priority: 'HIGH' as const, type: 'CALL' as const, ownerId: myId };
    await outbox.enqueue({ ...task, companyId: third.id, subject: '更新条件の確認' }, { undoMs: 24 * 60 * MINUTE_MS });
  } finally {
    await session.close();
  }
  return home;
}

/** A copy of a filled home to work in. */
export function copyHome(from: string): string {
  const to = mkdtempSync(join(tmpdir(), 'kizashi-frames-'));
  cpSync(from, to, { recursive: true });
  return to;
}

/** Resolves when the background has nothing left to tell. */
export async function openQuiet(home: string, lang: Lang): Promise<Workspace> {
  const workspace = await openWorkspace(profileAt(home), { lang, worker: new URL('about:blank') });
  await new Promise<void>((resolve) => {
    const check = (): void => {
      const { sync, scoring, syncedAt } = workspace.status();
      if (sync !== null || scoring || syncedAt !== NOW || workspace.brief() === null) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = workspace.subscribe(check);
    check();
  });
  return workspace;
}
