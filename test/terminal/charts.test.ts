/** The charts in the finished program on the demo portal: the worker answers, and the figures are those of the commands. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { formatMoney } from '../../src/text/format.ts';
import { openTerminal, type RealTerminal } from './terminal.ts';

let terminal: RealTerminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

it('shows on the screen what the commands print, and opens the accounts behind it', async () => {
  terminal = openTerminal({ columns: 140, rows: 40 });
  const { home } = terminal;
  await terminal.see('北斗精機');
  terminal.type('2');
  await terminal.see('▌Impact × risk▐');
  terminal.type('v');
  await terminal.see('▌MRR × contract age▐');
  terminal.type('3');
  await terminal.see(' = end ');
  const printed = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../../bin/kizashi.js'), '--demo', '--offline', 'mrr', '--json'],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi'), LANG: 'en_US.UTF-8' },
    },
  );
  const { months, currency } = JSON.parse(printed);
  expect(terminal.screen().join('\n')).toContain(`= end ${formatMoney(months.at(-1).end, currency, 'en')}`);
  terminal.type('4');
  await terminal.see('12 months  logo churn');
  terminal.type('v');
  await terminal.see('▌reasons▐');
  terminal.type('\r');
  await terminal.see('MRR ¥');
  terminal.type('5');
  await terminal.see('% left of the first month');
  terminal.type('6');
  await terminal.see('▌product▐');
  terminal.type('2V');
  await terminal.see('▌Contract × last use▐');
  terminal.type('1');
  await terminal.see('by priority');
});
