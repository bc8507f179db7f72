/** Setting up a portal on a screen without a terminal: keys in, lines out, HubSpot's answers over HTTP. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SET_UP } from '../../src/app/leave.ts';
import { createSetupModel } from '../../src/app/setup/model.ts';
import { lineWidth } from '../../src/components/line.ts';
import { STANDARD_TYPES } from '../../src/data/demo/object-types.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { emptyType, type PortalState, type PropertyDefinition } from '../../src/data/demo/state.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import type { Instant } from '../../src/units/day.ts';
import { SCOPES } from '../../src/workspace/access.ts';
import { readProfile } from '../../src/workspace/profile.ts';
import { openSetup } from '../../src/workspace/setup.ts';
import { makeWide, serve, TOKEN, today } from '../cli/harness.ts';

interface Options {
  readonly home?: string;
  readonly lang?: Lang;
  readonly token?: string | null;
  readonly goTo?: string;
  readonly size?: { readonly columns: number; readonly rows: number };
}

const temp = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'kizashi-setup-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
};

/** Read by many, changed by nobody. */
const SHARED = seedPortal({ asOf: today(), companies: 5 });

async function server(portal: PortalState = SHARED): Promise<DemoServer> {
  const started = await serve({ portal });
  onTestFinished(() => started.close());
  return started;
}

async function open(url: string, { home = temp(), lang = 'en', token = TOKEN, goTo, size = { columns: 100, rows: 30 } }: Options = {}) {
  const env = { KIZASHI_API_URL: url, ...(token === null ? {} : { HUBSPOT_ACCESS_TOKEN: token }) };
  const now = (): Instant => Date.now() as Instant;
  const profile = readProfile({ home, profile: 'default', demo: false, asOf: null, offline: false, verbose: false, env, now });
  if (!profile.ok) throw new Error(profile.error.kind);
  makeWide(home, SHARED);
  const ending = new AbortController();
  const setup = await openSetup(profile.value, { lang, signal: ending.signal });
  const left: number[] = [];
  const problems: unknown[] = [];
  const model = createSetupModel({
    setup,
    lang,
    size,
    world: { exit: (code) => void left.push(code), suspend: async () => undefined },
    goTo: goTo ?? null,
    onError: (error) => problems.push(error),
  });
  model.subscribe(() => undefined);
  onTestFinished(async () => {
    ending.abort();
    await setup.close();
  });
  const lines = () =>
    model.frame(size).lines.map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    );
  const settle = async () => {
    await new Promise((done) => queueMicrotask(() => done(null)));
    await model.idle();
    expect(problems).toEqual([]);
  };
  await settle();
  return {
    home,
    left,
    model,
    text: () => lines().join('\n'),
    async press(...keys: string[]) {
      for (const key of keys) {
        model.press([key]);
        await settle();
      }
    },
    async type(text: string) {
      model.paste(text);
      await settle();
    },
    saved: () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).profiles.default,
  };
}

/** From the first screen to the mapping as somebody called Tanaka. */
async function toMapping(at: Awaited<ReturnType<typeof open>>): Promise<void> {
  await at.press('enter');
  await at.type('tanaka');
  await at.press('enter');
}

const propertiesOf = (portal: PortalState, type: string): Map<string, PropertyDefinition> =>
  portal.types.get(type)?.properties ?? new Map();

function rename(portal: PortalState, type: string, from: string, to: string, label?: string): void {
  const known = propertiesOf(portal, type);
  const property = known.get(from);
  if (!property) throw new Error(`no property ${from}`);
  known.delete(from);
  known.set(to, { ...property, name: to, label: label ?? property.label });
  for (const record of portal.types.get(type)?.records.values() ?? []) {
    const value = Object.hasOwn(record.properties, from) ? record.properties[from] : undefined;
    delete record.properties[from];
    if (value !== undefined) Object.defineProperty(record.properties, to, { value, enumerable: true, configurable: true, writable: true });
  }
}

describe('the token', () => {
  it('is checked at once, shown as dots, and a wrong one says so and stays out', async () => {
    const { url } = await server();
    const at = await open(url, { token: null });
    await at.type('pat-na1-wrong');
    expect(at.text()).toContain('•••');
    expect(at.text()).not.toContain('wrong');
    await at.press('enter');
    expect(at.text()).toMatch(/HubSpot refused the access token|token/i);
    expect(at.text()).toContain('step 1 of 6');
    await at.press('ctrl+u');
    await at.type(TOKEN);
    await at.press('enter');
    expect(at.text()).toContain('step 2 of 6');
  });

  it('of another portal is refused where the profile has one', async () => {
    const first = await open((await server()).url);
    await toMapping(first);
    await first.press('enter', 'enter');
    expect(first.left).toEqual([SET_UP]);
    const other = await server({ ...SHARED, account: { ...SHARED.account, portalId: 99 } });
    const again = await open(other.url, { home: first.home });
    expect(again.text()).toContain('this token is of portal 99, and the profile works with 47110815');
  });
});

describe('a scope that is missing', () => {
  const each = [...new Set(SCOPES.filter((scope) => !/write|subscriptions/.test(scope)))];
  async function without(scope: string): Promise<void> {
    const here = await server();
    here.removeScope(scope);
    const at = await open(here.url);
    const text = at.text();
    expect(text).toMatch(new RegExp(`✗ .*${scope.slice(0, 20).replaceAll('.', '\\.')}`));
    await at.press('enter');
    if (scope === 'crm.objects.companies.read') {
      expect(at.text()).toContain('nothing works without the scope for companies');
      return;
    }
    expect(at.text()).toContain('step 3 of 6');
    // With nobody to be, the whole portal is the book.
    if (scope !== 'crm.objects.owners.read') await at.type('tanaka');
    await at.press('enter');
    expect(at.text()).toContain('step 4 of 6');
    await at.press('enter');
    // Without custom objects there may be another source of MRR, or none.
    if (/custom/.test(scope)) {
      expect(at.text()).toMatch(/mrr\.source is needed|signals will work/);
      return;
    }
    expect(at.text()).toContain('step 5 of 6');
    await at.press('esc', 'esc', 'esc');
    here.setScopes(SCOPES);
    await at.press('r');
    expect(at.text()).not.toContain('✗');
  }

  it('is marked with what it costs, and what can go on goes on', async () => {
    await Promise.all(each.map(without));
  });
});

describe('a portal without', () => {
  const hubs = STANDARD_TYPES.filter(({ plural }) => plural !== 'companies');
  it('one of its objects can be set up', async () => {
    await Promise.all(hubs.map(({ id }) => without(id)));
  });

  async function without(id: string): Promise<void> {
    const types = new Map(SHARED.types);
    types.delete(id);
    const at = await open((await server({ ...SHARED, types })).url);
    await toMapping(at);
    await at.press('enter');
    expect(at.text()).toContain('step 5 of 6');
    expect(at.text()).toMatch(/\d+ of \d+ signals will work/);
  }
});

describe('the mapping', () => {
  it('shows what a choice does to three accounts, turns choices, leaves out and finds', async () => {
    const at = await open((await server()).url, { lang: 'ja' });
    await toMapping(at);
    await at.press('down');
    expect(at.text()).toContain('CS担当 owner');
    expect(at.text()).toMatch(/株式会社あおば → 田中/);
    const before = at.text();
    await at.press('right');
    expect(at.text()).not.toBe(before);
    await at.press('left', 'x');
    expect(at.text()).toMatch(/CS担当 +使わない/);
    await at.press('x');
    expect(at.text()).toMatch(/株式会社あおば → 田中/);
    await at.press('/');
    await at.type('更新');
    expect(at.text()).toContain('contract_renewal_date');
    await at.press('esc');
    expect(at.saved().portalId).toBeUndefined();
    expect(at.saved().setup.mapping.owner).toBe('csm_owner');
  });

  it('marks a value that cannot be read', async () => {
    const at = await open((await server()).url);
    await toMapping(at);
    for (let row = 0; row < 80 && !at.text().includes('renewal day contract.renewal'); row += 1) await at.press('down');
    await at.press('/');
    await at.type('success_goals');
    await at.press('enter');
    expect(at.text()).toMatch(/does not fit this portal: contract\.renewal=success_goals|cannot be read/);
  });

  it('is kept half way, goes on where it was left, and nothing works with it before the end', async () => {
    const { url } = await server();
    const first = await open(url);
    await toMapping(first);
    await first.press('down', 'x', 'q');
    expect(first.left).toEqual([0]);
    expect(first.saved()).toMatchObject({ setup: { portalId: '47110815', me: { email: 'tanaka@demo.example' }, declined: ['owner'] } });
    expect(first.saved().mapping).toBeUndefined();
    const second = await open(url, { home: first.home });
    await second.press('enter');
    expect(second.text()).toMatch(/▸ 田中/);
    await second.press('enter');
    expect(second.text()).toMatch(/- +success manager +left out/);
    await second.press('enter', 'enter');
    expect(second.left).toEqual([SET_UP]);
    expect(second.saved()).toMatchObject({ setup: null, declined: ['owner'], portalId: '47110815' });
    // Once more: what is set, and what would change.
    const third = await open(url, { home: first.home });
    expect(third.text()).toContain('step 4 of 6');
    await third.press('down', 'x');
    expect(third.text()).toMatch(/success manager .* new/);
  });

  it('goes straight to the key that has drifted', async () => {
    const portal = seedPortal({ asOf: today(), companies: 5 });
    const { url } = await server(portal);
    const first = await open(url);
    await toMapping(first);
    await first.press('enter', 'enter');
    expect(first.left).toEqual([SET_UP]);
    rename(portal, '0-2', 'contract_renewal_date', 'renewal_on', '次回更新日');
    const again = await open(url, { home: first.home, goTo: 'contract.renewal' });
    expect(again.text()).toMatch(/▸ \? renewal day .* no longer in this portal/);
    await again.press('enter', 'enter');
    expect(again.left).toEqual([SET_UP]);
    expect(again.saved().mapping['contract.renewal']).toBe('renewal_on');
  });

  it('fits every terminal from 60×14 on', async () => {
    const { url } = await server();
    const at = await open(url);
    for (const key of ['enter', 'enter', 'enter', 'enter']) {
      for (const size of [
        { columns: 60, rows: 14 },
        { columns: 80, rows: 24 },
        { columns: 213, rows: 60 },
        { columns: 20, rows: 5 },
      ]) {
        const { lines } = at.model.frame(size);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(size.columns);
      }
      if (at.text().includes('step 5 of 6')) break;
      await at.press(key);
    }
  });
});

describe('an unfamiliar portal', () => {
  it('with 200 custom objects finds the one with MRR', async () => {
    const portal = seedPortal({ asOf: today(), companies: 5 });
    for (let index = 0; index < 200; index += 1) {
      const id = `2-${1000 + index}`;
      const own = [...propertiesOf(portal, '2-102').values()]
        .slice(0, 3)
        .map((one, at) => ({ ...one, name: `field_${at}`, label: `項目${at}` }));
      portal.types.set(
        id,
        emptyType(id, own, {
          name: `custom_${index}`,
          labels: { singular: `台帳${index}`, plural: `台帳${index}` },
          primaryDisplayProperty: 'field_0',
          requiredProperties: [],
          associatedObjects: ['0-2'],
          createdAt: 0 as Instant,
        }),
      );
    }
    const at = await open((await server(portal)).url);
    await toMapping(at);
    expect(at.text()).toMatch(/MRR object +MRRレコード/);
    await at.press('enter', 'enter');
    expect(at.left).toEqual([SET_UP]);
    expect(at.saved().mapping).toMatchObject({ 'mrr.object': '2-101', 'usage.object': '2-102' });
  });

  it('with properties called __proto__, constructor, with quotes, blanks and kanji can be set up with them', async () => {
    const portal = seedPortal({ asOf: today(), companies: 5 });
    const names = {
      'contract.renewal': ['contract_renewal_date', '__proto__'],
      'contract.start': ['contract_start_date', 'constructor'],
      'contract.value': ['contract_value', 'it"s'],
      'profile.plan': ['plan', "o'clock"],
      owner: ['csm_owner', 'a b'],
      'profile.goals': ['success_goals', '目標'],
    } as const;
    for (const [from, to] of Object.values(names)) rename(portal, '0-2', from, to);
    const at = await open((await server(portal)).url);
    await toMapping(at);
    expect(at.text()).toMatch(/success manager +CS担当/);
    await at.press('enter', 'enter');
    expect([at.left, at.text()]).toEqual([[SET_UP], expect.any(String)]);
    for (const [key, [, name]] of Object.entries(names)) expect(at.saved().mapping[key], key).toBe(name);
  });
});
