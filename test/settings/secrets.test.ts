import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteToken, type Keyring, readToken, type SecretOptions, saveToken } from '../../src/settings/secrets.ts';

const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';
const OTHER = 'pat-na1-99999999-2222-3333-4444-555555555555';

let dir: string;
let tokenFile: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kizashi-secrets-'));
  tokenFile = join(dir, 'profiles', 'default', 'token');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A keychain in memory, with the ways in which real ones fail. */
function keychain(behaviour: { fails?: 'load' | 'denied' | 'never' | 'forgets' } = {}) {
  const entries = new Map<string, string>();
  const stores: (string | undefined)[] = [];
  const aborted: boolean[] = [];
  const gate = (signal?: AbortSignal): Promise<void> => {
    if (behaviour.fails === 'denied') return Promise.reject(new Error('Couldn’t access platform storage: AccessDenied'));
    if (behaviour.fails !== 'never') return Promise.resolve();
    return new Promise(() => signal?.addEventListener('abort', () => aborted.push(true)));
  };
  class AsyncEntry {
    readonly key: string;
    constructor(service: string, user: string, options?: { readonly linux?: { readonly store?: string } }) {
      this.key = `${service} ${user}`;
      stores.push(options?.linux?.store);
    }
    async getPassword(signal?: AbortSignal): Promise<string | null> {
      await gate(signal);
      return entries.get(this.key) ?? null;
    }
    async setPassword(token: string, signal?: AbortSignal): Promise<void> {
      await gate(signal);
      if (behaviour.fails !== 'forgets') entries.set(this.key, token);
    }
    async deleteCredential(signal?: AbortSignal): Promise<boolean> {
      await gate(signal);
      return entries.delete(this.key);
    }
  }
  const load = async (): Promise<Keyring> => {
    if (behaviour.fails === 'load') throw new Error('Cannot find module');
    return { AsyncEntry };
  };
  return { load, entries, stores, aborted, behaviour };
}

const options = (chain: ReturnType<typeof keychain>, extra: Partial<SecretOptions> = {}): SecretOptions => ({
  tokenFile,
  env: {},
  loadKeyring: chain.load,
  deadlineMs: 50,
  ...extra,
});
const untouchable = async (): Promise<Keyring> => {
  throw new Error('the keychain was asked');
};

describe('with a keychain', () => {
  it('keeps the token there and nowhere else', async () => {
    const chain = keychain();
    expect(await saveToken(` ${TOKEN}\n`, options(chain))).toEqual({ ok: true, value: { source: 'keychain', path: null } });
    expect(existsSync(tokenFile)).toBe(false);
    expect(await readToken(options(chain))).toEqual({ ok: true, value: { token: TOKEN, source: 'keychain' } });
    expect(chain.stores.every((store) => store === 'secret-service')).toBe(true);
    expect(await deleteToken(options(chain))).toEqual({ ok: true, value: ['keychain'] });
    expect(await readToken(options(chain))).toEqual({ ok: true, value: null });
  });

  it('does not share a token between two homes', async () => {
    const chain = keychain();
    await saveToken(TOKEN, options(chain));
    expect(await readToken(options(chain, { tokenFile: join(dir, 'other', 'token') }))).toEqual({ ok: true, value: null });
  });

  it('empties the file that an earlier save left', async () => {
    await saveToken(OTHER, options(keychain({ fails: 'denied' })));
    const chain = keychain();
    await saveToken(TOKEN, options(chain));
    expect(existsSync(tokenFile)).toBe(false);
    expect(await readToken(options(chain))).toMatchObject({ value: { token: TOKEN } });
  });

  it('goes by the file where the keychain refused the newer token', async () => {
    const chain = keychain();
    await saveToken(OTHER, options(chain));
    chain.behaviour.fails = 'denied';
    await saveToken(TOKEN, options(chain));
    delete chain.behaviour.fails;
    expect(await readToken(options(chain))).toMatchObject({ value: { token: TOKEN, source: 'file' } });
    expect(await deleteToken(options(chain))).toEqual({ ok: true, value: ['file', 'keychain'] });
    expect(chain.entries.size).toBe(0);
  });
});

describe.each(['load', 'denied', 'never', 'forgets'] as const)('with a keychain that fails: %s', (fails) => {
  it('keeps the token in a 0600 file, says so, and forgets it again', async () => {
    const chain = keychain({ fails });
    expect(await readToken(options(chain))).toEqual({ ok: true, value: null });
    expect(await saveToken(TOKEN, options(chain))).toEqual({ ok: true, value: { source: 'file', path: tokenFile } });
    expect(await readToken(options(chain))).toEqual({ ok: true, value: { token: TOKEN, source: 'file' } });
    expect(readdirSync(dirname(tokenFile))).toEqual(['token']);
    expect(await deleteToken(options(chain))).toEqual({ ok: true, value: ['file'] });
    expect(existsSync(tokenFile)).toBe(false);
    if (fails === 'never') expect(chain.aborted.length).toBeGreaterThan(0);
  });
});

describe('the environment', () => {
  it('wins, and asks nobody else', async () => {
    const env = { HUBSPOT_ACCESS_TOKEN: `${TOKEN}\n` };
    expect(await readToken({ tokenFile, env, loadKeyring: untouchable })).toEqual({ ok: true, value: { token: TOKEN, source: 'env' } });
  });
  it.each(['', '  '])('counts %j as none', async (value) => {
    expect(await readToken(options(keychain(), { env: { HUBSPOT_ACCESS_TOKEN: value } }))).toEqual({ ok: true, value: null });
  });
  it('refuses what could not stand in a header', async () => {
    expect(await readToken(options(keychain(), { env: { HUBSPOT_ACCESS_TOKEN: 'a\r\nX-Evil: 1' } }))).toEqual({
      ok: false,
      error: { kind: 'bad_token', path: 'HUBSPOT_ACCESS_TOKEN' },
    });
  });
});

describe('the token file', () => {
  it.each([0o000, 0o022])('is made 0600 in a 0700 folder under umask %o', async (umask) => {
    const before = process.umask(umask);
    try {
      await saveToken(TOKEN, options(keychain({ fails: 'load' })));
    } finally {
      process.umask(before);
    }
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(tokenFile)).mode & 0o777).toBe(0o700);
  });

  it.each([0o644, 0o640, 0o604, 0o620])('is refused with mode %o', async (mode) => {
    const chain = keychain({ fails: 'load' });
    await saveToken(TOKEN, options(chain));
    chmodSync(tokenFile, mode);
    expect(await readToken(options(chain))).toEqual({ ok: false, error: { kind: 'exposed', path: tokenFile } });
  });

  it('is replaced, not written through, where a link stands in its place', async () => {
    const chain = keychain({ fails: 'load' });
    await saveToken(OTHER, options(chain));
    const target = join(dir, 'elsewhere');
    writeFileSync(target, 'untouched');
    rmSync(tokenFile);
    symlinkSync(target, tokenFile);
    await saveToken(TOKEN, options(chain));
    expect(readFileSync(target, 'utf8')).toBe('untouched');
    expect(await readToken(options(chain))).toMatchObject({ value: { token: TOKEN } });
  });

  it('that holds no token is a problem, not an absent token', async () => {
    const chain = keychain({ fails: 'load' });
    await saveToken(TOKEN, options(chain));
    writeFileSync(tokenFile, 'two words');
    expect(await readToken(options(chain))).toEqual({ ok: false, error: { kind: 'bad_token', path: tokenFile } });
  });

  it('says so where it cannot be written', async () => {
    writeFileSync(join(dir, 'profiles'), 'a file where the folder should be');
    expect(await saveToken(TOKEN, options(keychain({ fails: 'load' })))).toEqual({
      ok: false,
      error: { kind: 'unwritable', path: tokenFile },
    });
  });

  it.each(['', ' ', 'a b', 'a\nb', 'あ', 'x'.repeat(3000)])('does not keep %j', async (bad) => {
    expect(await saveToken(bad, options(keychain()))).toMatchObject({ ok: false, error: { kind: 'bad_token' } });
  });
});
