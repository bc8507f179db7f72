/** A portal that nobody has seen, with Japanese names, from a token to the ranked list: every key counted. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { makeWide, type RunOptions, run, serve, TOKEN, tempFolder, today } from '../cli/harness.ts';
import { openTerminal, type RealTerminal, type TerminalOptions } from './terminal.ts';

const ENTER = '\r';
const opened: RealTerminal[] = [];

async function portal(options: Parameters<typeof serve>[0] = {}): Promise<DemoServer> {
  const server = await serve({ portal: seedPortal({ asOf: today(), companies: 40, naming: 'ja' }), ...options });
  onTestFinished(() => server.close());
  return server;
}

interface Typist {
  readonly terminal: RealTerminal;
  pressed(): number;
  /** One key, or one paste. */
  press(...keys: readonly string[]): void;
}

function open(server: DemoServer, options: TerminalOptions = {}): Typist {
  const home = options.home ?? tempFolder();
  makeWide(join(home, 'kizashi'), server.portal);
  const terminal = openTerminal({
    args: [],
    columns: 100,
    rows: 30,
    ...options,
    home,
    env: { KIZASHI_API_URL: server.url, LANG: 'ja_JP.UTF-8', ...options.env },
  });
  opened.push(terminal);
  let count = 0;
  return {
    terminal,
    pressed: () => count,
    press: (...keys) => {
      for (const key of keys) terminal.type(key);
      count += keys.length;
    },
  };
}

const homes = new Set<string>();
afterEach(() => {
  for (const terminal of opened.splice(0)) {
    homes.add(terminal.home);
    terminal.close();
  }
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

const paste = (text: string): string => `\u001b[200~${text}\u001b[201~`;

it('leads from the token to the ranked list in eight keys', async () => {
  const server = await portal();
  const { terminal, press, pressed } = open(server);
  await terminal.see('アクセストークン');
  press(paste(TOKEN));
  await terminal.see('•••');
  press(ENTER);
  await terminal.see('不足はありません');
  press(ENTER);
  await terminal.see('あなたは誰ですか');
  press('田', '中');
  await terminal.see('tanaka@demo.example');
  press(ENTER);
  const mapping = await terminal.see('このポータルの対応づけ');
  expect(mapping.join('\n')).toMatch(/✓ .*顧客とみなす会社/);
  await terminal.until((screen) => screen.some((line) => line.includes('→') && !line.includes('読み込')), 'a preview');
  press(ENTER);
  await terminal.see('件のシグナルが使えます');
  press(ENTER);
  await terminal.until((screen) => screen.some((line) => /▸ +1 /.test(line)), 'the ranked list');
  expect(pressed()).toBe(8);
  expect(terminal.written()).not.toContain(TOKEN.slice(0, 12));
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
  const settings = JSON.parse(readFileSync(join(terminal.home, 'kizashi/settings.json'), 'utf8'));
  expect(settings.profiles.default).toMatchObject({
    portalId: '47110815',
    me: { email: 'tanaka@demo.example' },
    all: false,
    setup: null,
    mapping: { owner: 'csm_owner', 'mrr.source': 'custom-object', 'contract.renewal': 'contract_renewal_date' },
  });
});

it('mends what has drifted: a banner, one key, and the setup screen at that key', async () => {
  const server = await portal();
  const first = open(server, { env: { HUBSPOT_ACCESS_TOKEN: TOKEN, LANG: 'en_US.UTF-8' } });
  await first.terminal.see('Nothing is missing');
  first.press(ENTER);
  await first.terminal.see('Who are you?');
  first.press('tanaka');
  await first.terminal.until((screen) => screen.some((line) => /▸ 田中/.test(line)), 'Tanaka');
  first.press(ENTER);
  await first.terminal.see('What is what');
  first.press(ENTER);
  await first.terminal.see('signals will work');
  first.press('m');
  await first.terminal.see('by a unique property (kizashi_ref)? yes');
  first.press(ENTER);
  await first.terminal.until((screen) => screen.some((line) => /▸ +1 /.test(line)), 'the ranked list');
  first.press('q');
  await first.terminal.ended;
  expect(server.portal.types.get('0-46')?.properties.get('kizashi_ref')?.hasUniqueValue).toBe(true);

  const properties = server.portal.types.get('0-2')?.properties;
  const renewal = properties?.get('contract_renewal_date');
  if (!properties || !renewal) throw new Error('the portal is not as it should be');
  properties.delete(renewal.name);
  properties.set('next_renewal_on', { ...renewal, name: 'next_renewal_on' });
  const options: RunOptions = { home: first.terminal.home, url: server.url };
  expect((await run(['sync', '--full'], options)).code).toBe(0);

  const again = open(server, { home: first.terminal.home, env: { HUBSPOT_ACCESS_TOKEN: TOKEN, LANG: 'en_US.UTF-8' } });
  await again.terminal.see('renewal day: the property contract_renewal_date is no longer in HubSpot · `,` mends it');
  again.press(',');
  await again.terminal.until((screen) => screen.some((line) => /▸ \? renewal day .*no longer in this portal/.test(line)), 'the key');
  again.press(ENTER);
  await again.terminal.see('signals will work');
  again.press(ENTER);
  await again.terminal.until(
    (screen) => screen.some((line) => /▸ +1 /.test(line)) && !screen.some((line) => line.includes('no longer')),
    'the list without a banner',
  );
  expect(again.pressed()).toBe(3);
  again.press('q');
  expect(await again.terminal.ended).toBe(0);
});

it('asks line by line where the terminal shows no screens', async () => {
  const server = await portal();
  const { terminal, press } = open(server, { args: ['init'], env: { TERM: 'dumb', LANG: 'en_US.UTF-8' } });
  await terminal.see('Access token (not shown):');
  press(`${TOKEN}\r`);
  await terminal.see('e-mail');
  press('tanaka@demo.example\r');
  await terminal.see('Enter takes this');
  press('usage.minutes=-\r');
  await terminal.see('Left out: usage.minutes');
  press('\r');
  await terminal.see('Mark what is logged by a unique property');
  press('y\r');
  await terminal.see('HubSpot keeps our records single');
  expect(await terminal.ended).toBe(0);
  expect(terminal.written()).not.toContain(TOKEN.slice(0, 12));
  expect(terminal.alternate()).toBe(false);
});
