/** What holds for any records: order never matters, and what is no value never becomes 0. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import type { RawAccount, StoredRecord } from '../../../src/data/store/types.ts';
import { parseAmount } from '../../../src/units/money.ts';
import { at, context, rawAccount, record } from './raw.ts';

const instant = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2026-11-20T00:00:00Z') });
const day = instant.map((ms) => new Date(ms).toISOString().slice(0, 10));
const when = fc.oneof(
  day,
  instant.map((ms) => new Date(ms).toISOString()),
  instant.map(String),
  fc.constantFrom('', 'soon', null),
);
const amount = fc.oneof(
  fc.integer({ min: -9999, max: 999_999 }).map(String),
  fc.constantFrom('', 'N/A', '12,34', '￥５００，０００', null, '五十万'),
);
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }).map(String), { minLength: 0, maxLength: 8 });

const many = (object: string, properties: fc.Arbitrary<Record<string, string | null>>): fc.Arbitrary<StoredRecord[]> =>
  ids.chain((names) =>
    fc.tuple(
      ...names.map((id) =>
        fc
          .tuple(properties, instant)
          .map(([values, createdAt]) => record(object, values, { id, createdAt: createdAt as StoredRecord['createdAt'] })),
      ),
    ),
  );

const account: fc.Arbitrary<RawAccount> = fc
  .record({
    mrr: many(
      '2-101',
      fc.record({ target_month: when, amount, product: fc.constantFrom('CRM', 'MA', '', null), plan: fc.constantFrom('Pro', null) }),
    ),
    usage: many('2-102', fc.record({ week_start: when, logins: amount, active_users: amount })),
    tickets: many('tickets', fc.record({ createdate: when, closed_date: when, csat: fc.constantFrom('1', '5', '0', '') })),
    feedback: many(
      'feedback_submissions',
      fc.record({
        hs_survey_type: fc.constantFrom('NPS', 'CSAT'),
        hs_value: fc.constantFrom('1', '5', '9', 'x'),
        hs_submission_timestamp: when,
      }),
    ),
    meetings: many('meetings', fc.record({ hs_timestamp: when, hs_meeting_outcome: fc.constantFrom('COMPLETED', 'NO_SHOW', '') })),
    notes: many('notes', fc.record({ hs_timestamp: when })),
    contacts: many('contacts', fc.record({ left_on: when, cs_role: fc.constantFrom('推進者', '利用者') })),
    history: fc.array(fc.tuple(when, instant), { maxLength: 6 }),
  })
  .map(({ history, ...parts }) =>
    rawAccount({
      ...parts,
      company: record(
        'companies',
        { contract_renewal_date: '2027-01-31' },
        { id: '1', history: { contract_renewal_date: history.map(([value, ms]) => [value ?? '', new Date(ms).toISOString()] as const) } },
      ),
    }),
  );

const reversed = (raw: RawAccount): RawAccount => ({
  ...(Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value]),
  ) as unknown as RawAccount),
  company: {
    ...raw.company,
    history: Object.fromEntries(Object.entries(raw.company.history).map(([name, entries]) => [name, entries.toReversed()])),
  },
});

describe('assembleAccount', () => {
  it('gives the same account for the same records in any order', () => {
    fc.assert(
      fc.property(account, (raw) => {
        expect(assembleAccount(reversed(raw), context())).toEqual(assembleAccount(raw, context()));
      }),
      { numRuns: 150 },
    );
  });

  it('counts an MRR record or reports it, and never makes a 0 of what is none', () => {
    fc.assert(
      fc.property(account, (raw) => {
        const { account: facts, problems } = assembleAccount(raw, context());
        const used = new Set(facts.mrr.map(({ source }) => source.id));
        const reported = new Set(
          problems.filter(({ source, code }) => source.object === '2-101' && code !== 'duplicate').map(({ source }) => source.id),
        );
        for (const { id } of raw.mrr) expect(used.has(id)).toBe(!reported.has(id));
        for (const fact of facts.mrr) {
          const written = raw.mrr.find(({ id }) => id === fact.source.id)?.properties.amount;
          expect(parseAmount(written)).toEqual({ ok: true, value: fact.amount });
        }
        for (const row of facts.usage) {
          const written = raw.usage.find(({ id }) => id === row.source.id)?.properties.logins;
          if (row.logins === 0) expect(written).toMatch(/^0/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves what it reads as it was', () => {
    fc.assert(
      fc.property(account, (raw) => {
        const before = structuredClone(raw);
        assembleAccount(raw, context());
        expect(raw).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it('is not led astray by names that every object has', () => {
    const mapping = { ...context().mapping, 'profile.plan': 'constructor', 'contract.start': '__proto__' };
    const { account: facts } = assembleAccount(rawAccount(), context({ mapping }));
    expect(facts.attributes.plan).toEqual([]);
    expect(facts.attributes.contractStart).toEqual([]);
  });
});
