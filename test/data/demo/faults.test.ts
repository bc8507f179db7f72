import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../../../src/data/demo/faults.ts';
import { type Fixture, fixture } from './help.ts';

const NOTE = { properties: { hs_timestamp: '2026-11-21T02:00:00Z', hs_note_body: 'marker-1' } };

const notesMade = (f: Fixture): number =>
  [...(f.server.portal.types.get('0-46')?.records.values() ?? [])].filter((record) => record.properties.hs_note_body === 'marker-1').length;

/** Posts the note with a fault in the way and tells how it looked from outside. */
async function post(f: Fixture, action: FaultAction, giveUpAfter = 2_000): Promise<string> {
  f.server.setFaults([{ match: { method: 'POST', path: /\/notes$/ }, action }]);
  try {
    const response = await fetch(`${f.server.url}/crm/v3/objects/notes`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify(NOTE),
      redirect: 'manual',
      signal: AbortSignal.timeout(giveUpAfter),
    });
    const text = await response.text();
    try {
      JSON.parse(text);
      return `${response.status} json`;
    } catch {
      return `${response.status} ${text === '' ? 'empty' : 'no json'}`;
    }
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'broken';
  }
}

describe('faults', () => {
  it.each<[string, FaultAction, string, number]>([
    ['502 as HTML', { kind: 'status', status: 502, text: '<html>' }, '502 no json', 0],
    ['503 after it was applied', { kind: 'status', status: 503, apply: true, json: { status: 'error' } }, '503 json', 1],
    ['200 as HTML', { kind: 'status', status: 200, text: '<html>' }, '200 no json', 0],
    ['500 without a body', { kind: 'status', status: 500 }, '500 empty', 0],
    ['a reset before', { kind: 'reset' }, 'broken', 0],
    ['a reset after', { kind: 'reset', apply: true }, 'broken', 1],
    ['a reply cut in the middle', { kind: 'cut-reply' }, 'broken', 1],
    ['cut JSON', { kind: 'cut-json' }, '201 no json', 1],
    ['an empty object', { kind: 'empty-object' }, '201 json', 1],
    ['a delay', { kind: 'delay', ms: 20 }, '201 json', 1],
    ['429', { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING' }, '429 json', 0],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }, '302 empty', 0],
  ])('%s', async (_name, action, seen, made) => {
    await using f = await fixture({ companies: 1 });
    expect(await post(f, action)).toBe(seen);
    await f.server.settled();
    expect(notesMade(f)).toBe(made);
    expect(f.server.requests.at(-1)).toMatchObject({ method: 'POST', path: '/crm/v3/objects/notes', applied: made === 1 });
  });

  it.each<[string, FaultAction, number]>([
    ['hanging before the headers', { kind: 'hang' }, 0],
    ['hanging after it was applied', { kind: 'hang', apply: true }, 1],
    ['hanging in the middle of the body', { kind: 'hang-mid-body' }, 1],
    ['dripping', { kind: 'drip', bytesPerSecond: 10 }, 1],
  ])('%s until the client gives up', async (_name, action, made) => {
    await using f = await fixture({ companies: 1 });
    expect(await post(f, action, 100)).toBe('timeout');
    expect(notesMade(f)).toBe(made);
  });

  it('applies late, after the client gave up', async () => {
    await using f = await fixture({ companies: 1 });
    expect(await post(f, { kind: 'commit-later', ms: 50 }, 50)).toBe('timeout');
    expect(notesMade(f)).toBe(0);
    await f.server.settled();
    expect(notesMade(f)).toBe(1);
  });

  it('tells Retry-After when asked to, and strikes only the nth that fits', async () => {
    await using f = await fixture({ companies: 1 });
    f.server.setFaults([{ match: { path: /details/, nth: 2, times: 2 }, action: { kind: 'rate-limit', policy: 'DAILY', retryAfter: 7 } }]);
    const answers = [];
    for (let call = 0; call < 4; call += 1) {
      await f.get('/crm/v3/owners');
      answers.push(await f.get('/account-info/v3/details'));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
    expect(answers[1]?.json.policyName).toBe('DAILY');
  });

  it('drops the paging of one page, or leads it elsewhere', async () => {
    await using f = await fixture();
    const path = '/crm/v3/objects/companies?limit=5';
    f.server.setFaults([
      { match: { path: /companies/, nth: 1 }, action: { kind: 'drop-paging' } },
      { match: { path: /companies/, nth: 2 }, action: { kind: 'foreign-link', host: 'https://evil.example/next' } },
    ]);
    expect((await f.get(path)).json.paging).toBeUndefined();
    expect((await f.get(path)).json.paging.next.link).toBe('https://evil.example/next');
    expect((await f.get(path)).json.paging.next.link).toContain(f.server.url);
  });

  it('closes at once while requests hang', async () => {
    const f = await fixture({ companies: 1, faults: [{ match: {}, action: { kind: 'hang' } }] });
    const hanging = f.get('/account-info/v3/details').then(
      () => 'answered',
      () => 'ended',
    );
    while (f.server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await f.server.close();
    expect(await hanging).toBe('ended');
  });
});
