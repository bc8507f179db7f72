/**
 * Ten thousand rows and more through the outbox under random faults, in process, over real HTTP and real files:
 * `node bench/outbox.ts [rows] [first seed]`. Ends with the ledger: what the outbox says beside what HubSpot holds.
 * Fails where a row was lost, doubled or lost from sight.
 */
import { performance } from 'node:perf_hooks';
import { storm } from '../test/faults/storm.ts';

const A_STORM = 200;
const rows = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 1);
const total = { rows: 0, creates: 0, faults: 0, lost: 0, doubled: 0, unclaimed: 0, unseen: 0 };
const states: Record<string, number> = {};
const start = performance.now();
for (let seed = first; total.rows < rows; seed++) {
  const ledger = await storm(Math.min(A_STORM, rows - total.rows), seed);
  total.rows += ledger.rows;
  total.creates += ledger.creates;
  total.faults += ledger.faults;
  total.unseen += ledger.unseen;
  for (const key of ['lost', 'doubled', 'unclaimed'] as const) {
    total[key] += ledger[key].length;
    if (ledger[key].length > 0) process.stdout.write(`seed ${seed} ${key}: ${ledger[key].join(', ')}\n`);
  }
  for (const [state, n] of Object.entries(ledger.states)) states[state] = (states[state] ?? 0) + n;
  process.stderr.write(`seed ${seed}: ${JSON.stringify(ledger.states)}\n`);
}
const seconds = Math.round((performance.now() - start) / 1000);
const inStates = Object.entries(states).map(([state, n]) => `${n} ${state}`);
process.stdout.write(
  `${[
    `queued ${total.rows} · create requests ${total.creates} · faults set ${total.faults} · ${seconds} s`,
    `outbox: ${inStates.join(' · ')}`,
    `beside HubSpot: ${total.lost} lost · ${total.doubled} doubled · ${total.unclaimed} there though not said to be · ${total.unseen} out of sight`,
  ].join('\n')}\n`,
);
process.exitCode = total.lost + total.doubled + total.unclaimed + total.unseen === 0 ? 0 : 1;
