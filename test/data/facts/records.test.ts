/** Each kind of record, worked by hand. The portal is in Tokyo: 15:00 UTC is the next day. */
import { describe, expect, it } from 'vitest';
import { ticketField } from '../../../src/account.ts';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import type { FactsContext } from '../../../src/data/facts/context.ts';
import type { RawAccount } from '../../../src/data/store/types.ts';
import type { Day } from '../../../src/units/day.ts';
import { at, context, rawAccount, record } from './raw.ts';

const assemble = (parts: Partial<RawAccount>, more: Partial<FactsContext> = {}) => assembleAccount(rawAccount(parts), context(more));
const company = (...args: Parameters<typeof record> extends [string, ...infer Rest] ? Rest : never) =>
  assemble({ company: record('companies', ...args) });

describe('company properties', () => {
  it('without history are known since the first sync that saw them', () => {
    const { account } = company(
      { contract_renewal_date: '2027-01-31', contract_value: '6000000' },
      { id: '1', firstSeenAt: at('2026-11-19T15:00:00Z') },
    );
    expect(account.attributes.contractRenewal).toEqual([
      {
        value: '2027-01-31',
        validAt: '2026-11-20',
        knownAt: '2026-11-20',
        source: { object: 'companies', id: '1', property: 'contract_renewal_date' },
      },
    ]);
    expect(account.attributes.contractValue?.[0]?.value).toBe(60_000_000_000);
  });

  it('with history are known since each entry, in whatever order it comes, cleared values among them', () => {
    const { account, problems } = company(
      { contract_renewal_date: '2027-01-31' },
      {
        history: {
          contract_renewal_date: [
            ['2027-01-31', '2026-02-01T15:00:00Z'],
            ['', '2026-01-31T00:00:00Z'],
            ['next year', '2026-01-15T00:00:00Z'],
            ['2026-01-31', '2025-02-01T00:00:00Z'],
          ],
        },
      },
    );
    expect(account.attributes.contractRenewal?.map(({ value, validAt, knownAt }) => [value, validAt, knownAt])).toEqual([
      ['2026-01-31', '2025-02-01', '2025-02-01'],
      [null, '2026-01-31', '2026-01-31'],
      ['2027-01-31', '2026-02-02', '2026-02-02'],
    ]);
    expect(problems).toMatchObject([{ code: 'date', value: 'next year', source: { property: 'contract_renewal_date' } }]);
  });

  it('newer than their history are known since the record changed', () => {
    const { account } = company(
      { billing_cycle: 'annual' },
      { updatedAt: at('2026-06-01T00:00:00Z'), history: { billing_cycle: [['monthly', '2025-01-01T00:00:00Z']] } },
    );
    expect(account.attributes.contractBilling?.map(({ value, knownAt }) => [value, knownAt])).toEqual([
      ['monthly', '2025-01-01'],
      ['annual', '2026-06-01'],
    ]);
  });

  it('of one instant end with the value that the record has', () => {
    const { account } = company(
      { plan: 'A' },
      {
        history: {
          plan: [
            ['A', '2025-01-01T00:00:00Z'],
            ['B', '2025-01-01T00:00:00Z'],
          ],
        },
      },
    );
    expect(account.attributes.plan?.map(({ value }) => value)).toEqual(['B', 'A']);
  });

  it('that are mapped and empty have no value; unmapped keys are absent', () => {
    const { account, problems } = company({ contract_value: '' });
    expect(account.attributes.contractValue).toEqual([]);
    expect(account.attributes).not.toHaveProperty('churnReason');
    expect(problems).toEqual([]);
  });

  it('that are no number are a problem, never 0', () => {
    const { account, problems } = company({
      contract_value: '12,34',
      seats: 'many',
      contract_term_months: '-3',
      numberofemployees: '51〜200名',
    });
    expect(account.attributes.contractValue).toEqual([]);
    expect(account.attributes.seats).toEqual([]);
    expect(account.attributes.contractTermMonths).toEqual([]);
    expect(account.attributes.employees?.[0]?.value).toBe(51);
    expect(problems.map(({ code, value }) => [code, value])).toEqual([
      ['number', '-3'],
      ['amount', '12,34'],
      ['number', 'many'],
    ]);
  });

  it.each([
    ['0.62', 0.62],
    ['62', 0.62],
    ['62%', 0.62],
    ['0.5%', 0.005],
    ['1', 1],
    ['', undefined],
    ['120', undefined],
    ['-0.1', undefined],
  ])('adoption %j is the share %j', (raw, share) => {
    const { account } = assemble({ company: record('companies', { a: raw }) }, { mapping: { 'usage.adoption': 'a' } });
    expect(account.attributes.adoption?.[0]?.value).toBe(share);
  });

  it('cut a hostile value at 120 characters', () => {
    const [problem] = company({ contract_value: '😀'.repeat(80) }).problems;
    expect(problem?.value.length).toBe(120);
  });
});

describe('MRR records', () => {
  const mrr = (properties: Record<string, string | null>, id: string) =>
    record('2-101', { target_month: '2026-10-01', amount: '100', product: 'CRM', plan: 'Pro', ...properties }, { id });

  it('that agree in everything all count, and are suspects', () => {
    const { account, problems } = assemble({
      mrr: [mrr({}, '9'), mrr({}, '10'), mrr({ product: 'MA' }, '11'), mrr({ plan: 'Basic' }, '12'), mrr({ currency: 'USD' }, '13')],
    });
    expect(account.mrr.map((fact) => fact.source.id)).toEqual(['9', '10', '11', '12', '13']);
    expect(problems.map(({ code, source }) => [code, source.id])).toEqual([
      ['duplicate', '9'],
      ['duplicate', '10'],
    ]);
  });

  it('that look alike say when they were changed, the others do not', () => {
    const changed = { ...mrr({}, '9'), updatedAt: at('2026-11-15T03:00:00Z') };
    const { account } = assemble({ mrr: [changed, mrr({}, '10'), mrr({ product: 'MA' }, '11')] });
    expect(account.mrr.map((fact) => fact.changedAt)).toEqual([at('2026-11-15T03:00:00Z'), at('2026-11-01T03:00:00Z'), undefined]);
  });

  it('of a month that lies twenty years back are mistyped: left out and reported', () => {
    const { account, problems } = assemble({
      mrr: [mrr({ target_month: '0202-11-01' }, '1'), mrr({ target_month: '2006-11-30' }, '2'), mrr({ target_month: '2006-12-01' }, '3')],
    });
    expect(account.mrr.map((fact) => fact.source.id)).toEqual(['3']);
    expect(problems.map(({ code, source, value }) => [code, source.id, value])).toEqual([
      ['date', '1', '0202-11-01'],
      ['date', '2', '2006-11-30'],
    ]);
  });

  it.each([
    ['$500', 'JPY', 'USD'],
    ['-€1,000', 'JPY', 'EUR'],
    ['￡20', 'JPY', 'GBP'],
    ['₩3000', 'JPY', 'KRW'],
    ['usd 5', 'JPY', 'USD'],
    ['￥５００', 'JPY', 'JPY'],
    ['500円', 'USD', 'JPY'],
    ['¥500', 'USD', 'JPY'],
    ['¥500', 'CNY', 'CNY'],
    ['$500', 'CAD', 'CAD'],
    ['500', 'EUR', 'EUR'],
    ['1.0E7', 'JPY', 'JPY'],
  ])('written %j in a portal of %s are in %s', (amount, currency, expected) => {
    const { account } = assemble({ mrr: [mrr({ amount }, '1')] }, { currency });
    expect(account.mrr.map((fact) => fact.currency)).toEqual([expected]);
  });

  it('keep their currency; what is none makes them unusable', () => {
    const { account, problems } = assemble({
      mrr: [
        mrr({ currency: 'usd' }, '1'),
        mrr({ currency: '' }, '2'),
        mrr({ currency: '円' }, '3'),
        mrr({ currency: 'dollars' }, '4'),
        mrr({ amount: 'EUR 70' }, '5'),
      ],
    });
    expect(account.mrr.map((fact) => [fact.source.id, fact.currency])).toEqual([
      ['1', 'USD'],
      ['2', 'JPY'],
      ['3', 'JPY'],
      ['5', 'EUR'],
    ]);
    expect(problems.filter(({ code }) => code === 'currency')).toMatchObject([
      { source: { id: '4', property: 'currency' }, value: 'dollars' },
    ]);
  });

  it('may be negative, and 0 is a value', () => {
    const { account } = assemble({ mrr: [mrr({ amount: '-1,500' }, '1'), mrr({ amount: '0', product: 'MA' }, '2')] });
    expect(account.mrr.map((fact) => fact.amount)).toEqual([-15_000_000, 0]);
  });
});

describe('usage rows', () => {
  it('are weeks of what was sent; what was not sent is unknown', () => {
    const { account, problems } = assemble({
      company: record('companies', { seats: '36' }),
      usage: [
        record(
          '2-102',
          { week_start: '2026-11-09', logins: '41', active_users: '', last_used_on: '2026-11-13' },
          { id: '2', createdAt: at('2026-11-15T16:00:00Z') },
        ),
        record('2-102', { week_start: '2026-11-02', logins: 'x' }, { id: '1' }),
        record('2-102', { week_start: '', logins: '5' }, { id: '3' }),
      ],
    });
    expect(account.usage).toEqual([
      expect.objectContaining({ validAt: '2026-11-02', days: 7, logins: null, activeUsers: null, minutes: null, lastUsedOn: null }),
      {
        validAt: '2026-11-09',
        knownAt: '2026-11-16',
        source: { object: '2-102', id: '2' },
        days: 7,
        logins: 41,
        activeUsers: null,
        minutes: null,
        featuresUsed: null,
        lastUsedOn: '2026-11-13',
      },
    ]);
    expect(problems.map(({ code, source }) => [code, source.id])).toEqual([
      ['number', '1'],
      ['date', '3'],
    ]);
    expect(account.attributes.seats?.[0]?.value).toBe(36);
    expect(account.matched).toContain('usage');
  });

  it('may be months, and say how many features the plan has', () => {
    const { account } = assemble(
      { usage: [record('2-102', { m: '2026年2月', features: '40', used: '8' })] },
      {
        mapping: { 'usage.object': '2-102', 'usage.month': 'm', 'usage.featuresUsed': 'used', 'usage.featuresInPlan': 'features' },
        propertyTypes: { '2-102': { m: 'string' } },
      },
    );
    expect(account.usage).toMatchObject([{ validAt: '2026-02-01', days: 28, featuresUsed: 8 }]);
    expect(account.attributes.featuresInPlan).toMatchObject([{ value: 40, validAt: '2026-02-01', knownAt: '2026-01-10' }]);
  });

  it('of an account without any are not zero', () => {
    const { account } = assemble({});
    expect(account.usage).toEqual([]);
    expect(account.matched).not.toContain('usage');
    expect(account.matched).toContain('support');
  });
});

describe('tickets', () => {
  const pipelines = [
    {
      id: '0',
      label: 'Support',
      stages: [
        { id: '1', label: 'New', metadata: { ticketState: 'OPEN' } },
        { id: '4', label: 'Closed', metadata: { ticketState: 'CLOSED' } },
      ],
    },
    { id: '9', label: 'Other', stages: [{ id: '1', label: 'Done', metadata: { ticketState: 'CLOSED' } }] },
  ];
  const ticket = (properties: Record<string, string | null>, more = {}) =>
    assemble({ tickets: [record('tickets', properties, more)] }, { pipelines }).account.tickets[0];

  it('carry what their properties say', () => {
    expect(
      ticket(
        {
          subject: 'ログインできない',
          content: '朝から入れません。',
          createdate: '2026-10-01T16:00:00Z',
          closed_date: '2026-10-03T04:00:00Z',
          time_to_close: '129600000',
          hs_ticket_priority: 'URGENT',
          hs_ticket_category: 'BUG;LOGIN',
          csat: '2',
          escalated: 'true',
          reopened: 'false',
        },
        { id: '5', createdAt: at('2026-10-01T16:00:00Z'), firstSeenAt: at('2026-10-01T17:00:00Z') },
      ),
    ).toEqual({
      validAt: '2026-10-02',
      knownAt: '2026-10-02',
      source: { object: 'tickets', id: '5' },
      subject: 'ログインできない',
      content: '朝から入れません。',
      closedOn: '2026-10-03',
      hoursToClose: 36,
      priority: 'urgent',
      category: 'BUG;LOGIN',
      escalated: true,
      reopened: null,
      csat: 2,
    });
  });

  it('know a field since its history says so, and without one since the first sync', () => {
    const properties = { hs_ticket_priority: 'HIGH', hs_ticket_category: 'billing', escalated: 'true', csat: '2' };
    const history = {
      hs_ticket_priority: [
        ['HIGH', '2026-10-08T00:00:00Z'],
        ['LOW', '2026-10-01T00:00:00Z'],
      ],
      hs_ticket_category: [['billing', '2026-10-01T00:00:00Z']],
    } as const;
    const found = ticket(properties, { history, createdAt: at('2026-10-01T00:00:00Z') });
    expect(found).toMatchObject({ priority: 'high', category: 'billing', escalated: true, csat: 2 });
    expect(found?.changes).toEqual({
      priority: [
        { on: '2026-10-01', value: 'low' },
        { on: '2026-10-08', value: 'high' },
      ],
      escalated: [{ on: '2026-11-20', value: true }],
      csat: [{ on: '2026-11-20', value: 2 }],
    });
    if (!found) throw new Error('no ticket');
    const on = (day: string) => [ticketField(found, 'priority', day as Day), ticketField(found, 'escalated', day as Day)];
    expect([on('2026-09-30'), on('2026-10-07'), on('2026-10-08'), on('2026-11-20')]).toEqual([
      [null, null],
      ['low', null],
      ['high', null],
      ['high', true],
    ]);
  });

  it('are escalated where a second-line team has them', () => {
    const person = { userId: null, email: null, lastName: '', archived: false };
    const owners = [
      { ...person, id: '1', firstName: 'First', teams: [{ id: '10', name: 'Support', primary: true }] },
      { ...person, id: '2', firstName: 'Second', teams: [{ id: '11', name: 'Support Tier 2', primary: true }] },
    ];
    const history = {
      hubspot_owner_id: [
        ['2', '2026-10-05T00:00:00Z'],
        ['1', '2026-10-01T00:00:00Z'],
      ],
    } as const;
    const raw = record('tickets', { hubspot_owner_id: '2' }, { history, createdAt: at('2026-10-01T00:00:00Z') });
    const [found] = assemble({ tickets: [raw] }, { owners }).account.tickets;
    expect([found?.escalated, found?.changes?.escalated]).toEqual([
      true,
      [
        { on: '2026-10-01', value: false },
        { on: '2026-10-05', value: true },
      ],
    ]);
  });

  it('stand for the onboarding where their pipeline is called so', () => {
    const pipelines = [{ id: '7', label: 'Customer onboarding', stages: [] }];
    const raw = record('tickets', { hs_pipeline: '7' });
    expect(assemble({ tickets: [raw] }, { pipelines }).account.tickets[0]?.onboarding).toBe(true);
  });

  it('are open or closed by date, else by stage', () => {
    const stage = (properties: Record<string, string>, more = {}) =>
      ticket({ hs_pipeline: '0', createdate: '2026-10-01T00:00:00Z', ...properties }, more)?.closedOn;
    expect(stage({ hs_pipeline_stage: '1' })).toBeNull();
    expect(stage({ hs_pipeline_stage: '4' }, { updatedAt: at('2026-10-09T00:00:00Z') })).toBe('2026-10-09');
    expect(
      stage(
        { hs_pipeline_stage: '4' },
        {
          history: {
            hs_pipeline_stage: [
              ['4', '2026-10-05T00:00:00Z'],
              ['1', '2026-10-01T00:00:00Z'],
            ],
          },
        },
      ),
    ).toBe('2026-10-05');
    expect(stage({ hs_pipeline: '9', hs_pipeline_stage: '1' }, { updatedAt: at('2026-10-09T00:00:00Z') })).toBe('2026-10-09');
    expect(stage({ hs_pipeline_stage: '1', closed_date: '2026-10-03T00:00:00Z' })).toBe('2026-10-03');
  });

  it('know no hours while open, and reckon them where HubSpot does not', () => {
    expect(ticket({ createdate: '2026-10-01T00:00:00Z' })?.hoursToClose).toBeNull();
    expect(ticket({ createdate: '2026-10-01T00:00:00Z', closed_date: '2026-10-01T06:30:00Z' })?.hoursToClose).toBe(6.5);
  });

  it.each(['0', '6', 'good'])('a CSAT of %j is a problem', (csat) => {
    const { account, problems } = assemble({ tickets: [record('tickets', { csat })] });
    expect(account.tickets[0]?.csat).toBeNull();
    expect(problems).toMatchObject([{ code: 'number', value: csat }]);
  });
});

describe('surveys', () => {
  const answer = (properties: Record<string, string>) =>
    assemble({ feedback: [record('feedback_submissions', { hs_submission_timestamp: '2026-09-30T15:30:00Z', ...properties })] });

  it('NPS is a whole number from 0 to 10', () => {
    expect(answer({ hs_survey_type: 'NPS', hs_value: '0', hs_content: '使わない' }).account.surveys).toMatchObject([
      { kind: 'nps', score: 0, comment: '使わない', validAt: '2026-10-01', knownAt: '2026-01-10' },
    ]);
    for (const hs_value of ['11', '-1', '7.5', 'nine']) {
      const { account, problems } = answer({ hs_survey_type: 'NPS', hs_value });
      expect(account.surveys).toEqual([]);
      expect(problems).toHaveLength(1);
    }
  });

  it.each([
    [{ hs_value: '4' }, 4],
    [{ hs_value: '2', hs_response_group: 'HAPPY' }, 5],
    [{ hs_value: '1', hs_response_group: 'NEUTRAL' }, 3],
    [{ hs_value: '0', hs_response_group: 'UNHAPPY' }, 1],
    [{ hs_value: '2', hs_response_group: 'UNHAPPY' }, 2],
    [{ hs_value: '7', hs_sentiment: 'POSITIVE' }, 5],
    [{ hs_value: '4', hs_response_group: 'HAPPY' }, 4],
    [{ hs_value: '0' }, null],
    [{ hs_value: '7' }, null],
  ])('CSAT %j is %j of 5', (properties, score) => {
    expect(answer({ hs_survey_type: 'CSAT', ...properties }).account.surveys.map((survey) => survey.score)).toEqual(
      score === null ? [] : [score],
    );
  });

  it('of other kinds are none', () => {
    expect(answer({ hs_survey_type: 'CES', hs_value: '5' }).account.surveys).toEqual([]);
  });

  it('may be what contacts carry', () => {
    const contacts = [
      record('contacts', { firstname: 'Ada', hs_feedback_last_nps_rating: '9', hs_feedback_last_survey_date: '2026-11-18T00:00:00Z' }),
      record(
        'contacts',
        { hs_feedback_last_nps_rating: '3' },
        {
          history: {
            hs_feedback_last_nps_rating: [
              ['3', '2026-08-01T00:00:00Z'],
              ['8', '2026-02-01T00:00:00Z'],
            ],
          },
        },
      ),
    ];
    const { account } = assemble({ contacts }, { mapping: { 'survey.source': 'contacts' } });
    expect(account.surveys.map(({ score, validAt, knownAt, who }) => [score, validAt, knownAt, who])).toEqual([
      [8, '2026-02-01', '2026-02-01', null],
      [3, '2026-08-01', '2026-08-01', null],
      [9, '2026-11-18', '2026-11-20', 'Ada'],
    ]);
  });

  it('copied onto their ticket count once', () => {
    const closed = (csat: string, day: string, id: string) =>
      record('tickets', { createdate: `${day}T00:30:00Z`, closed_date: `${day}T01:00:00Z`, csat }, { id });
    const answered = (day: string) =>
      record('feedback_submissions', { hs_survey_type: 'CSAT', hs_value: '2', hs_submission_timestamp: `${day}T01:00:00Z` });
    const tickets = [
      closed('2', '2026-10-01', '1'),
      closed('2', '2026-10-02', '2'),
      closed('5', '2026-10-02', '3'),
      closed('2', '2026-10-20', '4'),
    ];
    const ratings = (...days: string[]) => assemble({ tickets, feedback: days.map(answered) }).account.tickets.map(({ csat }) => csat);
    expect(ratings()).toEqual([2, 2, 5, 2]);
    expect(ratings('2026-10-03')).toEqual([2, null, 5, 2]);
    expect(ratings('2026-10-03', '2026-10-03')).toEqual([null, null, 5, 2]);
    expect(ratings('2026-10-19', '2026-09-30')).toEqual([2, 2, 5, 2]);
  });
});

describe('touches', () => {
  const touch = (kind: 'notes' | 'tasks' | 'calls' | 'meetings' | 'emails', properties: Record<string, string>) =>
    assemble({ [kind]: [record(kind, { hs_timestamp: '2026-10-01T16:00:00Z', ...properties })] }).account.touches[0];

  it('are two-way where somebody answered', () => {
    expect(touch('notes', { hs_note_body: '<p>x</p>' })).toMatchObject({
      kind: 'note',
      twoWay: false,
      title: '',
      body: '<p>x</p>',
      validAt: '2026-10-02',
    });
    expect(touch('calls', { hs_call_status: 'COMPLETED', hs_call_direction: 'OUTBOUND' })).toMatchObject({
      twoWay: true,
      direction: 'out',
    });
    expect(touch('calls', { hs_call_status: 'NO_ANSWER', hs_call_direction: 'INBOUND' })).toMatchObject({ twoWay: false, direction: 'in' });
    expect(touch('calls', { hs_call_status: 'COMPLETED', hs_call_disposition: 'b2cf5968-551e-4856-9783-52b3da59a7d0' })).toMatchObject({
      twoWay: false,
    });
    expect(touch('calls', { hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7' })).toMatchObject({ twoWay: true });
    expect(touch('emails', { hs_email_direction: 'INCOMING_EMAIL', hs_email_subject: 'Re' })).toMatchObject({
      twoWay: true,
      direction: 'in',
      title: 'Re',
    });
    expect(touch('emails', { hs_email_direction: 'EMAIL' })).toMatchObject({ twoWay: false, direction: 'out' });
    expect(touch('emails', { hs_email_direction: 'FORWARDED_EMAIL' })).toMatchObject({ twoWay: false, direction: null });
    expect(touch('meetings', { hs_meeting_outcome: 'COMPLETED' })).toMatchObject({ twoWay: true });
    expect(touch('meetings', {})).toMatchObject({ twoWay: true });
    for (const outcome of ['NO_SHOW', 'CANCELED', 'RESCHEDULED', 'SCHEDULED'])
      expect(touch('meetings', { hs_meeting_outcome: outcome }), outcome).toMatchObject({ twoWay: false });
  });

  it('of a meeting to come wait for its day', () => {
    expect(touch('meetings', { hs_meeting_start_time: '2026-12-24T01:00:00Z' })).toMatchObject({
      validAt: '2026-12-24',
      knownAt: '2026-01-10',
    });
  });

  it('of tasks are due and done', () => {
    expect(touch('tasks', { hs_task_subject: 'Call', hs_task_status: 'COMPLETED', hubspot_owner_id: '5' })).toMatchObject({
      kind: 'task',
      done: true,
      title: 'Call',
      ownerId: '5',
    });
    expect(touch('tasks', { hs_task_status: 'NOT_STARTED' })).toMatchObject({ done: false, validAt: '2026-10-02' });
  });

  it('without a readable time stand on the day they were recorded', () => {
    const { account, problems } = assemble({ notes: [record('notes', { hs_timestamp: 'yesterday' })] });
    expect(account.touches[0]?.validAt).toBe('2026-01-10');
    expect(problems).toMatchObject([{ code: 'date', value: 'yesterday' }]);
  });
});

describe('contacts', () => {
  const contact = (properties: Record<string, string>, more = {}, mapping = context().mapping) =>
    assemble({ contacts: [record('contacts', properties, more)] }, { mapping }).account.contacts[0];

  it('have names in their own order', () => {
    expect(contact({ firstname: '花子', lastname: '見本' })?.name).toBe('見本 花子');
    expect(contact({ firstname: 'Ada', lastname: 'Sample' })?.name).toBe('Ada Sample');
    expect(contact({ email: 'a@sample.example' })?.name).toBe('a@sample.example');
  });

  it('champion us by role, by value or by a tick box', () => {
    expect(contact({ cs_role: '推進者' })?.champion).toBe(true);
    expect(contact({ cs_role: '利用者;推進者' })?.champion).toBe(true);
    expect(contact({ cs_role: '利用者' })?.champion).toBe(false);
    expect(contact({ role: 'Champion' }, {}, { 'people.role': 'role' })).toMatchObject({ champion: true, role: 'Champion' });
    expect(contact({ box: 'true' }, {}, { 'people.champion': 'box' })?.champion).toBe(true);
    expect(contact({ box: 'false' }, {}, { 'people.champion': 'box' })?.champion).toBe(false);
    expect(contact({ role: 'Champion' }, {}, {})?.champion).toBe(false);
  });

  it('left on the day they say, known when it was recorded', () => {
    expect(contact({ left_on: '2026-10-05' })?.left).toEqual({ on: '2026-10-05', knownAt: '2026-11-20' });
    expect(contact({ left_on: '2026-11-25' })?.left).toEqual({ on: '2026-11-25', knownAt: '2026-11-25' });
    expect(contact({ left_on: '2026-10-05' }, { history: { left_on: [['2026-10-05', '2026-10-07T16:00:00Z']] } })?.left).toEqual({
      on: '2026-10-05',
      knownAt: '2026-10-08',
    });
    expect(contact({ left_on: '' })?.left).toBeNull();
  });

  it('or when their mailbox had gone, never because it was full', () => {
    const bounce = { hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' };
    expect(contact({ ...bounce, hs_email_last_send_date: '2026-09-01T00:00:00Z' })?.left).toEqual({
      on: '2026-09-01',
      knownAt: '2026-11-20',
    });
    expect(contact(bounce)?.left).toBeNull();
    expect(contact({ hs_email_hard_bounce_reason_enum: 'MAILBOX_FULL', hs_email_last_send_date: '2026-09-01T00:00:00Z' })?.left).toBeNull();
  });

  it('were last active on the latest sign of life', () => {
    expect(
      contact({
        hs_email_last_reply_date: '2026-09-01T00:00:00Z',
        hs_last_sales_activity_timestamp: '1788274800000',
        notes_last_contacted: '2026-11-01T00:00:00Z',
      })?.lastActiveOn,
    ).toBe('2026-09-02');
    expect(contact({ hs_email_last_open_date: '2026-09-01T00:00:00Z' })?.lastActiveOn).toBeNull();
    expect(contact({ notes_last_contacted: '2026-09-01T00:00:00Z' })).toMatchObject({ lastActiveOn: null, lastTouchedOn: '2026-09-01' });
    expect(contact({})).not.toHaveProperty('lastTouchedOn');
  });
});

describe('deals', () => {
  const deal = (properties: Record<string, string | null>, dealPipelines: FactsContext['dealPipelines'] = []) =>
    assemble({ deals: [record('deals', { createdate: '2026-10-01T00:00:00Z', ...properties }, { id: '8' })] }, { dealPipelines }).account
      .deals?.[0];

  it('are renewals by name, type or pipeline, and open until they are won or lost', () => {
    expect(deal({ dealname: '2027年度 契約更新', hs_is_closed: 'false', closedate: '2026-12-31T00:00:00Z' })).toMatchObject({
      renewal: true,
      closedOn: null,
      validAt: '2026-10-01',
    });
    expect(deal({ dealname: 'Upsell', dealtype: 'renewal' })?.renewal).toBe(true);
    expect(deal({ dealname: 'Upsell', pipeline: '3' }, [{ id: '3', label: 'Renewals', stages: [] }])?.renewal).toBe(true);
    expect(deal({ dealname: 'New seats', dealtype: 'existingbusiness' })?.renewal).toBe(false);
    expect(deal({ dealname: 'Renewal', hs_is_closed: 'true', closedate: '2026-10-28T00:00:00Z' })?.closedOn).toBe('2026-10-28');
  });
});

describe('pages', () => {
  it('count up each time that the last page seen is one of those', () => {
    const page = (path: string, on: string) => [`https://app.sample.example${path}`, `${on}T03:00:00Z`] as const;
    const history = {
      hs_analytics_last_url: [
        page('/home', '2026-11-09'),
        page('/Account/Cancel?x=1', '2026-11-08'),
        page('/account/cancel', '2026-11-02'),
      ],
    };
    const raw = record('contacts', { hs_analytics_last_url: 'https://app.sample.example/home' }, { history });
    const mapping = { ...context().mapping, 'web.cancelPageViews': 'hs_analytics_last_url:/account/cancel' };
    expect(assemble({ contacts: [raw] }, { mapping }).account.contacts[0]?.counters).toEqual({
      cancelPageViews: [
        { on: '2026-11-02', total: 1 },
        { on: '2026-11-08', total: 2 },
      ],
    });
  });
});

it('a customer that is closing down is marked by a tick, a date or a word', () => {
  const mapping = { ...context().mapping, 'profile.closingDown': 'closing' };
  const of = (value: string) =>
    assemble({ company: record('companies', { closing: value }) }, { mapping }).account.attributes.closingDown?.at(-1)?.value;
  expect(['true', '2026-11-01', 'merged', 'false', 'no'].map(of)).toEqual([true, true, true, false, false]);
});
