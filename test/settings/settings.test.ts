import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SETTINGS_SCHEMA, violation } from '../../src/settings/schema.ts';
import { DEFAULT_SETTINGS, listProfiles, readSettings, removeSettings, saveSettings } from '../../src/settings/settings.ts';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kizashi-settings-'));
  file = join(dir, 'new', 'settings.json');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (content: unknown): string => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  mkdirSync(join(dir, 'new'), { recursive: true });
  writeFileSync(file, text);
  return text;
};
const mode = (path: string): number => statSync(path).mode & 0o777;

describe('settings', () => {
  it('has none before the first save', () => {
    expect(readSettings(file, 'default')).toEqual({ ok: true, value: null });
    expect(listProfiles(file)).toEqual({ ok: true, value: [] });
  });

  it('reads back what was saved, with defaults for the rest', async () => {
    const saved = await saveSettings(file, 'default', {
      portalId: '123',
      me: { ownerId: '77', email: 'me@aoba.example' },
      mapping: { 'mrr.source': 'custom-object', owner: 'csm_owner' },
    });
    const wanted = {
      ...DEFAULT_SETTINGS,
      portalId: '123',
      me: { ownerId: '77', email: 'me@aoba.example' },
      mapping: { 'mrr.source': 'custom-object', owner: 'csm_owner' },
    };
    expect(saved).toEqual({ ok: true, value: wanted });
    expect(readSettings(file, 'default')).toEqual({ ok: true, value: wanted });
    expect(wanted.undoSeconds).toBe(10);
  });

  it('keeps other profiles and other entries', async () => {
    await saveSettings(file, 'a', { portalId: '1', portalLabel: '兆' });
    await saveSettings(file, 'b', { portalId: '2' });
    await saveSettings(file, 'a', { undoSeconds: 0 });
    expect(readSettings(file, 'a')).toMatchObject({ value: { portalId: '1', portalLabel: '兆', undoSeconds: 0 } });
    expect(readSettings(file, 'b')).toMatchObject({ value: { portalId: '2', portalLabel: null } });
    await removeSettings(file, 'a');
    expect(listProfiles(file)).toEqual({ ok: true, value: ['b'] });
  });

  it.each([0o000, 0o022])('is readable by its owner only under umask %o', async (umask) => {
    const before = process.umask(umask);
    try {
      expect((await saveSettings(file, 'default', { portalId: '1' })).ok).toBe(true);
    } finally {
      process.umask(before);
    }
    expect(mode(file)).toBe(0o600);
    expect(mode(join(dir, 'new'))).toBe(0o700);
  });

  it('closes a file that others could read', async () => {
    put({ version: 1 });
    chmodSync(file, 0o644);
    await saveSettings(file, 'default', { portalId: '1' });
    expect(mode(file)).toBe(0o600);
  });

  it.each([
    ['{"version":1,', 'not_json', null],
    ['', 'not_json', null],
    ['[]', 'invalid', '(the whole file)'],
    [{}, 'invalid', 'version'],
    [{ version: 99, something: 'else' }, 'newer', null],
    [{ version: 1, profile: {} }, 'invalid', 'profile'],
    [{ version: 1, profiles: { default: { undoSeconds: 'ten' } } }, 'invalid', 'profiles.default.undoSeconds'],
    [{ version: 1, profiles: { default: { undoSeconds: -1 } } }, 'invalid', 'profiles.default.undoSeconds'],
    [{ version: 1, profiles: { default: { apiVersion: 'v4' } } }, 'invalid', 'profiles.default.apiVersion'],
    [{ version: 1, profiles: { default: { portalId: '12a' } } }, 'invalid', 'profiles.default.portalId'],
    [{ version: 1, profiles: { default: { mapping: { mrr: 'x' } } } }, 'invalid', 'profiles.default.mapping.mrr'],
    [{ version: 1, profiles: { default: { me: { email: 'x@y.example' } } } }, 'invalid', 'profiles.default.me.ownerId'],
    [{ version: 1, profiles: { default: { me: { ownerId: '1', email: 3 } } } }, 'invalid', 'profiles.default.me.email'],
    [{ version: 1, profiles: { default: { undoSecond: 5 } } }, 'invalid', 'profiles.default.undoSecond'],
  ] as const)('reports %j and leaves it untouched', async (content, kind, key) => {
    const text = put(content);
    const problem = { ok: false, error: { kind, key, file } };
    expect(readSettings(file, 'default')).toMatchObject(problem);
    expect(await saveSettings(file, 'default', { portalId: '1' })).toMatchObject(problem);
    expect(await removeSettings(file, 'default')).toMatchObject(problem);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('does not save what it would not read', async () => {
    await saveSettings(file, 'default', { portalId: '1' });
    const before = readFileSync(file, 'utf8');
    expect(await saveSettings(file, 'default', { undoSeconds: Number.NaN })).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('says so where it cannot write', async () => {
    writeFileSync(join(dir, 'new'), 'a file where the folder should be');
    const saved = await saveSettings(file, 'default', { portalId: '1' });
    expect(saved.ok).toBe(false);
    if (!saved.ok) expect(['unwritable', 'unreadable']).toContain(saved.error.kind);
  });

  it('takes a byte order mark and a profile called like a member of Object', async () => {
    put(`\ufeff${JSON.stringify({ version: 1, profiles: { constructor: { portalId: '5' } } })}`);
    expect(readSettings(file, 'constructor')).toMatchObject({ value: { portalId: '5' } });
    expect(readSettings(file, 'valueof')).toEqual({ ok: true, value: null });
  });
});

describe('the quick reader of the schema', () => {
  const ajv = new Ajv2020({ strict: false }).compile(structuredClone(SETTINGS_SCHEMA) as object);
  const leaf = fc.constantFrom<unknown>(
    null,
    true,
    '',
    'x',
    '12',
    'ja',
    'v3',
    'https://api.example',
    5,
    -1,
    0.5,
    1e9,
    [],
    ['n'],
    [1],
    {},
    { ownerId: '1', email: 'e' },
  );
  const profile = fc.dictionary(
    fc.constantFrom('portalId', 'portalLabel', 'me', 'all', 'mapping', 'baseUrl', 'apiVersion', 'undoSeconds', 'other'),
    leaf,
    {
      maxKeys: 3,
    },
  );

  it('agrees with a full validator', () => {
    let valid = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, leaf),
        fc.oneof({ weight: 5, arbitrary: profile }, leaf),
        (version, content) => {
          const settings = { version, profiles: { p: content } };
          const quick = violation(settings, SETTINGS_SCHEMA) === null;
          expect(quick).toBe(ajv(settings));
          if (quick) valid += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(valid).toBeGreaterThan(100);
  });
});
