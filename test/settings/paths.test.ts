import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isProfileName, type PathOptions, resolvePaths } from '../../src/settings/paths.ts';

const paths = (options: PathOptions) => {
  const result = resolvePaths(options);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

afterEach(() => vi.unstubAllEnvs());

describe('paths', () => {
  it('puts everything into one home', () => {
    const found = paths({ home: '/h', profile: 'acme' });
    expect(found.settingsFile).toBe('/h/settings.json');
    expect(found.cacheDb).toBe('/h/profiles/acme/cache.db');
    expect(found.localDb).toBe('/h/profiles/acme/local.db');
    expect(found.paceDb).toBe('/h/pace.db');
    expect(found.logFile).toBe('/h/kizashi.log');
    expect(Object.values(found).filter((path) => path !== 'acme' && !path.startsWith('/h/'))).toEqual([]);
  });

  it('makes a relative home absolute', () => {
    expect(paths({ home: 'here' }).settingsFile).toBe(join(process.cwd(), 'here', 'settings.json'));
  });

  it.runIf(process.platform === 'linux')('follows XDG without a home', () => {
    vi.stubEnv('XDG_CONFIG_HOME', '/x/config');
    vi.stubEnv('XDG_DATA_HOME', '/x/data');
    vi.stubEnv('XDG_STATE_HOME', '/x/state');
    const found = paths({ home: '' });
    expect(found.settingsFile).toBe('/x/config/kizashi/settings.json');
    expect(found.cacheDb).toBe('/x/data/kizashi/profiles/default/cache.db');
    expect(found.logFile).toBe('/x/state/kizashi/kizashi.log');
  });

  it('keeps profiles apart but paces them together', () => {
    const a = paths({ home: '/h', profile: 'a' });
    const b = paths({ home: '/h', profile: 'b' });
    expect(a.localDb).not.toBe(b.localDb);
    expect(a.sendLock).not.toBe(b.sendLock);
    expect(a.paceDb).toBe(b.paceDb);
  });

  it('keeps the demo away from a profile of that name', () => {
    const demo = paths({ home: '/h', demo: true });
    const named = paths({ home: '/h', profile: 'demo' });
    for (const key of ['settingsFile', 'cacheDb', 'localDb', 'paceDb', 'sendLock', 'tokenFile'] as const)
      expect(demo[key]).not.toBe(named[key]);
    expect(demo.cacheDb.startsWith(demo.demoDir)).toBe(true);
  });

  it.each(['', '..', '../x', 'a/b', 'A', '-a', '_a', 'a b', 'con', 'nul', 'com1', 'x'.repeat(42), 'a\0', 'あ'])(
    'refuses the profile %j',
    (name) => {
      expect(isProfileName(name)).toBe(false);
      expect(resolvePaths({ home: '/h', profile: name })).toEqual({ ok: false, error: { kind: 'bad_profile', profile: name } });
    },
  );

  it.each(['default', 'a', '0', 'acme-jp_2', 'x'.repeat(41), 'console'])('takes the profile %j', (name) => {
    expect(isProfileName(name)).toBe(true);
  });
});
