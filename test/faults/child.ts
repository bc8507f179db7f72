/**
 * A process that works with an outbox until it is done or killed. The message it gets says what to do; every line it
 * prints is a fact that its parent may rely on: `queued <words>` only after the outbox said so.
 */
import { readFileSync, writeSync } from 'node:fs';
import type { Intent } from '../../src/plays/intent.ts';
import type { Day } from '../../src/units/day.ts';
import { OWNER } from './portal.ts';
import { note, type Step, stage } from './stage.ts';
import { drive } from './time.ts';

export interface Act {
  readonly words: string;
  readonly companyId: string;
  /** Default: a note. `change` makes the words the company's tier, `archive` takes the note `hubspotId` back. */
  readonly kind?: 'task' | 'change' | 'archive';
  readonly hubspotId?: string;
}

export interface Task {
  readonly home: string;
  readonly url: string;
  /** What to queue first. */
  readonly queue: readonly Act[];
  /** Kill at the nth passing of this step. */
  readonly kill: { readonly step: Step; readonly nth: number } | null;
  /** `send`: for 10 s of the clock, or `forMs`. `finish`: until all is settled, doing for crashed rows what a person would. */
  readonly mode: 'send' | 'finish';
  readonly unique?: boolean;
  /** How long, by the rushing clock, a sender may take: two of them rush it together, whatever the machine gets done. */
  readonly forMs?: number;
}

function intentOf({ words, companyId, kind, hubspotId = '' }: Act, now: number): Intent {
  switch (kind) {
    case 'task':
      return { kind, companyId, subject: words, body: '', due: '2030-01-08' as Day, priority: 'NONE', type: 'TODO', ownerId: OWNER };
    case 'change':
      return { kind: 'company_update', companyId, changes: [{ property: 'tier', value: words }], what: words };
    case 'archive':
      return { kind, companyId, made: { object: 'notes', hubspotId }, what: words };
    default:
      return note(words, now, companyId);
  }
}

const say = (line: string) => writeSync(1, `${line}\n`);

async function work(task: Task): Promise<void> {
  let passed = 0;
  const at = (step: Step) => {
    if (task.kill?.step !== step || ++passed < task.kill.nth) return;
    say(`killed ${step}`);
    process.kill(process.pid, 'SIGKILL');
    // The signal is delivered by the kernel; nothing of ours may run until then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
  };
  const { outbox, gateway, clock, close } = await stage({ home: task.home, url: task.url, at, unique: task.unique ?? false });
  for (const act of task.queue) {
    const queued = await outbox.enqueue(intentOf(act, clock.now()));
    say(`${queued.ok ? 'queued' : `refused ${queued.error.kind}`} ${act.words}`);
  }
  if (task.mode === 'finish') {
    let witnessAt = 0;
    await drive(outbox, clock, 20 * 3_600_000, async () => {
      for (const row of await outbox.list({ states: ['needs_you'] })) await outbox.retry(row.id);
      // Other people go on working: without that nothing would prove how far the index has come.
      if (clock.now() - witnessAt < 600_000) return;
      witnessAt = clock.now();
      await gateway.create('notes', { properties: { hs_timestamp: String(witnessAt), hs_note_body: 'colleague' }, associations: [] });
      await gateway.create('tasks', { properties: { hs_timestamp: String(witnessAt), hs_task_subject: 'colleague' }, associations: [] });
    });
  } else await drive(outbox, clock, task.forMs ?? 10_000);
  for (const row of await outbox.list()) say(`row ${row.state} ${row.attempts} ${row.text}`);
  await close();
}

// Under a tracer there is no channel to a parent: the task lies in a file.
const [, , file] = process.argv;
if (file === undefined) {
  process.once('message', (task: Task) => void work(task).then(() => process.disconnect()));
  process.send?.('ready');
} else await work(JSON.parse(readFileSync(file, 'utf8')) as Task);
