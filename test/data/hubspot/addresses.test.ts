import { describe, expect, test } from 'vitest';
import { checkBaseUrl } from '../../../src/data/hubspot/base-url.ts';
import { proxyFromEnv } from '../../../src/data/hubspot/http.ts';
import { recordUrl } from '../../../src/data/hubspot/links.ts';
import { versionedPath } from '../../../src/data/hubspot/paths.ts';

describe('base URL', () => {
  test.each([
    ['https://api.hubapi.com', 'https://api.hubapi.com/'],
    [' https://api.hubapi.com/ ', 'https://api.hubapi.com/'],
    ['https://gate.example/hubspot/', 'https://gate.example/hubspot'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://127.3.2.1', 'http://127.3.2.1/'],
    ['http://localhost:1/', 'http://localhost:1/'],
    ['http://[::1]:9', 'http://[::1]:9/'],
    // The URL standard reads odd notations of an address as the address that they are.
    ['http://0x7f000001', 'http://127.0.0.1/'],
  ])('%s', (text, href) => {
    const url = checkBaseUrl(text);
    expect(url.ok && url.value.href).toBe(href);
  });

  test.each([
    ['http://api.hubapi.com', 'not_https'],
    ['http://127.0.0.1.evil.example', 'not_https'],
    ['http://localhost.evil.example', 'not_https'],
    ['http://10.0.0.1', 'not_https'],
    ['http://[::ffff:127.0.0.1]', 'not_https'],
    ['ftp://api.hubapi.com', 'bad_url'],
    ['api.hubapi.com', 'bad_url'],
    ['https://user:secret@api.hubapi.com', 'bad_url'],
    ['https://api.hubapi.com?x=1', 'bad_url'],
    ['https://api.hubapi.com#x', 'bad_url'],
    ['', 'bad_url'],
  ])('%s is %s', (text, error) => {
    expect(checkBaseUrl(text)).toEqual({ ok: false, error });
  });
});

describe('paths', () => {
  test.each([
    ['/crm/v3/objects/2-123/batch/read', '/crm/objects/2026-09/2-123/batch/read'],
    ['/crm/v3/owners/', '/crm/owners/2026-09'],
    ['/crm/v3/properties/companies', '/crm/properties/2026-09/companies'],
    ['/crm/v3/pipelines/deals', '/crm/pipelines/2026-09/deals'],
    ['/crm/v4/associations/companies/notes/batch/read', '/crm/associations/2026-09/companies/notes/batch/read'],
    ['/crm-object-schemas/v3/schemas', '/crm-object-schemas/2026-09/schemas'],
    ['/account-info/v3/details', '/account-info/2026-09/details'],
  ])('%s', (path, dated) => {
    expect(versionedPath(path, 'v3')).toBe(path.replace(/\/$/, ''));
    expect(versionedPath(path, '2026-09')).toBe(dated);
  });

  test('a path that nobody thought of is not guessed at', () => {
    expect(() => versionedPath('/crm/v3/lists', '2026-09')).toThrow();
  });
});

test('links to records', () => {
  expect(recordUrl('app-eu1.hubspot.com', '123', 'companies', '45')).toBe('https://app-eu1.hubspot.com/contacts/123/record/0-2/45');
  expect(recordUrl('app.hubspot.com', '1', 'contacts', '2')).toContain('/0-1/2');
  expect(recordUrl('app.hubspot.com', '1', 'deals', '2')).toContain('/0-3/2');
  expect(recordUrl('app.hubspot.com', '1', 'tickets', '2/../x')).toContain('/0-5/2%2F..%2Fx');
  expect(recordUrl('evil.example/x?', '1', 'tickets', '2')).toBe('https://app.hubspot.com/contacts/1/record/0-5/2');
});

test('proxy settings: lower case first, as curl does', () => {
  expect(proxyFromEnv({ HTTPS_PROXY: 'http://a', https_proxy: 'http://b', NO_PROXY: 'x' })).toEqual({
    http: null,
    https: 'http://b',
    no: 'x',
  });
});
