import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor, redactShapes } from '../../src/text/redact.ts';

const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';

describe('by shape', () => {
  it.each([
    [`token ${TOKEN} refused`, 'token [redacted] refused'],
    ['PAT-EU1-abcdef12-3456', '[redacted]'],
    ['authorization: Bearer CKDkzv7yMRICAAEYEw', 'authorization: Bearer [redacted]'],
    ['Bearer%20CKDkzv7yMRICAAEYEw', 'Bearer%20[redacted]'],
    ['https://api.example/x?hapikey=12345678-abcd&limit=1', 'https://api.example/x?hapikey=[redacted]&limit=1'],
    ['{"refresh_token":"abcdef123456","a":1}', '{"refresh_token":"[redacted]","a":1}'],
    ["client_secret='abcdef123456'", "client_secret='[redacted]'"],
    ['HUBSPOT_ACCESS_TOKEN=abcdef123456 npm', 'HUBSPOT_ACCESS_TOKEN=[redacted] npm'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc', '[redacted]'],
    ['a pattern of basic words, token: none', 'a pattern of basic words, token: none'],
    ['GET /crm/v3/objects/companies 403 MISSING_SCOPES', 'GET /crm/v3/objects/companies 403 MISSING_SCOPES'],
  ])('%s', (text, safe) => {
    expect(redactShapes(text)).toBe(safe);
    expect(redactShapes(safe)).toBe(safe);
  });
});

describe('by value', () => {
  it('finds a secret in any form', () => {
    const secret = 'canary/"token"+x y';
    const redact = redactor([secret]);
    const text = [secret, encodeURIComponent(secret), JSON.stringify({ secret }), Buffer.from(secret).toString('base64')].join('\n');
    const safe = redact(text);
    for (const line of safe.split('\n')) expect(line).toContain('[redacted]');
    expect(safe).not.toMatch(/canary/);
    expect(safe).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
  });

  it('finds it in the base64 of URLs too', () => {
    const secret = 'canary>>>???~~~long';
    expect(redactor([secret])(`x ${Buffer.from(secret).toString('base64url')} y`)).toBe('x [redacted] y');
  });

  it('leaves nothing of any secret anywhere', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=-]{12,40}$/), fc.string(), fc.string(), (secret, before, after) => {
        expect(redactor([secret])(`${before}${secret}${after}`)).not.toContain(secret);
      }),
    );
  });

  it('takes the longer of two whole and leaves short words', () => {
    expect(redactor(['abcdef', 'abcdefghij', 'a'])('a abcdefghij')).toBe('a [redacted]');
  });
});
