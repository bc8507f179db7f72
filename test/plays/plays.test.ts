/** The plays that ship, which is proposed, what they become for an account, and how far they are. */
import { describe, expect, it } from 'vitest';
import { playKit, preparePlay } from '../../src/book/play-kit.ts';
import { PLAYS } from '../../src/plays/catalog.ts';
import { playById, playsOf, proposedPlay } from '../../src/plays/choose.ts';
import { circleIn, parseSpan } from '../../src/plays/due.ts';
import { mailtoOf, markOf, plannedOf, readMark, runId } from '../../src/plays/planned.ts';
import type { PreparedStep } from '../../src/plays/prepare.ts';
import { type MarkedRecord, progressOf } from '../../src/plays/progress.ts';
import { parseTemplate } from '../../src/plays/template.ts';
import type { Play, PlayStep } from '../../src/policy.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { accountView, NOW, row, TODAY } from '../screen/fixture.ts';

const owner = (id: string, email: string) => ({ id, userId: null, email, firstName: '', lastName: id, teams: [], archived: false });
const property = (name: string, over: object = {}) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: '',
  options: [],
  calculated: false,
  hubspotDefined: false,
  referencedObjectType: null,
  readOnly: false,
  ...over,
});
const kit = playKit({
  policy: { plays: [], leads: { default: 'lead@example.com', East: 'EAST@example.com' } },
  owners: [owner('77', 'me@example.com'), owner('80', 'lead@example.com'), owner('81', 'east@example.com')],
  myId: '77',
  properties: [
    property('csm_status', { options: [{ value: 'at_risk', label: 'At risk' }] }),
    property('score', { calculated: true }),
    property('memo'),
  ],
});
const account = row(0);
const view = accountView(account);
const prepared = (play: Play, over: object = {}) => preparePlay(kit, { play, row: account, view, today: TODAY, lang: 'en', ...over });
const found = (id: string): Play => {
  const play = playById(id);
  if (!play) throw new Error(id);
  return play;
};
const made = (...steps: PlayStep[]): Play => ({ id: 'custom.x', label: { en: 'X', ja: 'X' }, about: { en: '', ja: '' }, steps });
const taskStep = (over: object = {}): PlayStep => ({
  id: 'call',
  kind: 'task',
  subject: { en: 'Call {account}', ja: '{account}に電話' },
  text: null,
  due: '1bd',
  after: null,
  assignee: 'owner',
  priority: 'medium',
  type: 'call',
  ...over,
});
const taskOf = (step: PreparedStep | undefined) => {
  if (step?.kind !== 'task') throw new Error('no task');
  return step;
};

describe('the plays that ship', () => {
  it('answer every trigger and moment of the field', () => {
    const needed = [
      're-engage',
      'adoption',
      'support-recovery',
      'price-talk',
      'feature-request',
      'competitor',
      'activation',
      'champion-change',
    ];
    const moments = [
      'renewal-plan',
      'expansion',
      'cross-sell',
      'celebrate',
      'case-study',
      'win-back',
      'post-mortem',
      'tech-touch',
      'feedback',
    ];
    expect([...needed, ...moments].filter((id) => !playById(id))).toEqual([]);
    const { bands, tiers } = DEFAULT_POLICY.responses;
    expect([...Object.values(bands), tiers.tech].filter((id) => id === null || !playById(id))).toEqual([]);
  });

  it.each(PLAYS.map((play) => [play.id, play] as const))('%s is whole in both languages', (_, play) => {
    const ids = play.steps.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    const tasks = play.steps.filter((step) => step.kind === 'task');
    expect(tasks.length).toBeGreaterThan(0);
    expect(circleIn(tasks)).toBeNull();
    for (const step of tasks) {
      expect(parseSpan(step.due)).not.toBeNull();
      if (step.after !== null) expect(tasks.map(({ id }) => id)).toContain(step.after);
      expect(['me', 'owner', 'lead']).toContain(step.assignee);
    }
    const texts = JSON.stringify(play).matchAll(/"(?:en|ja)":"((?:[^"\\]|\\.)*)"/g);
    for (const [, text = ''] of texts) {
      expect(text.trim()).not.toBe('');
      expect(parseTemplate(text).problems).toEqual([]);
    }
    // Two keys are enough on an account about which the usual things are known.
    for (const lang of ['en', 'ja'] as const) expect(prepared(play, { lang })).toMatchObject({ missing: [], problems: [] });
  });
});

describe('the proposal', () => {
  const policy = DEFAULT_POLICY;
  const situation = { band: 'high', tier: 'high', quadrant: 'act', noticeGiven: false, bySignal: [] } as const;
  it.each([
    ['the strongest signal’s', { bySignal: ['competitor', 're-engage'] }, 'competitor'],
    ['the next where it names none', { bySignal: ['', 'gone', 're-engage'] }, 're-engage'],
    ['the band’s without a signal', {}, 'save-plan'],
    ['the band’s at medium risk', { band: 'watch' }, 'check-in'],
    ['the band’s at low risk', { band: 'low' }, 'feedback'],
    ['none without a band', { band: null }, null],
    ['the tier’s where value and risk are little', { tier: 'tech', quadrant: 'tech', bySignal: ['adoption'] }, 'tech-touch'],
    ['not the tier’s at high risk', { tier: 'tech', quadrant: 'automate', bySignal: ['adoption'] }, 'adoption'],
    ['to win back after notice', { noticeGiven: true, bySignal: ['adoption'] }, 'win-back'],
  ] as const)('is %s', (_, over, id) => {
    expect(proposedPlay(policy, { ...situation, ...over })?.id ?? null).toBe(id);
  });

  it('takes the team’s own play in the place of the shipped one', () => {
    const own = { ...found('adoption'), steps: [] };
    expect(playsOf({ plays: [own, made()] }).map(({ id }) => id)).toEqual([...PLAYS.map(({ id }) => id), 'custom.x']);
    expect(playById('adoption', { plays: [own] })).toBe(own);
    expect(playById('no-such-play')).toBeNull();
  });
});

describe('a prepared play', () => {
  it('names days and people', () => {
    const { steps } = prepared(made(taskStep(), taskStep({ id: 'then', due: '1w', after: 'call', assignee: 'lead' })));
    // The 21st is a Saturday.
    expect(taskOf(steps[0])).toMatchObject({ subject: 'Call 株式会社あおば', due: '2026-11-24', ownerId: '77', problem: null });
    expect(taskOf(steps[1])).toMatchObject({ due: '2026-12-01', ownerId: '80', noLead: false });
    const east = preparePlay(kit, {
      play: made(taskStep({ assignee: 'lead' })),
      row: { ...account, team: 'East' },
      view,
      today: TODAY,
      lang: 'en',
    });
    expect(taskOf(east.steps[0]).ownerId).toBe('81');
    expect(taskOf(prepared(made(taskStep({ assignee: 'ME@example.com' }))).steps[0]).ownerId).toBe('77');
  });

  it('gives the lead’s step to whoever runs it where nobody is named as lead, and says so', () => {
    const alone = playKit({ policy: { plays: [], leads: {} }, owners: [owner('77', 'me@example.com')], myId: '77', properties: [] });
    const { steps } = preparePlay(alone, { play: made(taskStep({ assignee: 'lead' })), row: account, view, today: TODAY, lang: 'en' });
    expect(taskOf(steps[0])).toMatchObject({ ownerId: '77', noLead: true, problem: null });
  });

  it('says who and what the portal does not have', () => {
    const set = (name: string, value: string): PlayStep => ({
      id: name,
      kind: 'property',
      property: name,
      value: { en: value, ja: value },
    });
    const play = made(
      taskStep({ assignee: 'nobody@example.com' }),
      set('gone', 'x'),
      set('score', '1'),
      set('csm_status', 'gone'),
      set('memo', 'x'),
    );
    expect(prepared(play).problems).toEqual([
      { step: 'call', problem: { kind: 'assignee', value: 'nobody@example.com' } },
      { step: 'gone', problem: { kind: 'property', state: 'unknown', value: 'gone' } },
      { step: 'score', problem: { kind: 'property', state: 'read_only', value: 'score' } },
      { step: 'csm_status', problem: { kind: 'property', state: 'not_an_option', value: 'csm_status' } },
    ]);
    const off = { call: { off: true }, gone: { off: true }, score: { off: true }, csm_status: { off: true } };
    expect(prepared(play, { adjustments: off }).problems).toEqual([]);
  });

  it('asks for what is missing, and takes the answer; what HubSpot says is never overwritten', () => {
    const play = made(taskStep({ subject: { en: '{account} {contract_value} {domain}', ja: '' } }));
    const poor = { ...account, contractValue: null };
    const ask = (answers: Record<string, string>) => preparePlay(kit, { play, row: poor, view: null, today: TODAY, lang: 'en', answers });
    expect(ask({})).toMatchObject({
      missing: ['contract_value'],
      steps: [{ subject: '株式会社あおば [contract value?] customer0.example' }],
    });
    expect(ask({ contract_value: '¥1M', domain: 'other.example' })).toMatchObject({
      missing: [],
      steps: [{ subject: '株式会社あおば ¥1M customer0.example' }],
    });
  });

  it('takes what the person changed', () => {
    const adjustments = { call: { due: '2026-12-24', assignee: 'lead', subject: 'Mine {risk}', text: 'as {typed}' } };
    expect(taskOf(prepared(made(taskStep()), { adjustments }).steps[0])).toMatchObject({
      due: '2026-12-24',
      ownerId: '80',
      subject: `Mine ${account.risk}`,
      text: 'as {typed}',
    });
    expect(prepared(made(taskStep()), { adjustments: { call: { due: 'soon' } } }).problems).toEqual([
      { step: 'call', problem: { kind: 'due', value: 'soon' } },
    ]);
  });
});

describe('what is queued', () => {
  const run = { companyId: account.id, at: NOW, meId: '77', run: 'ABCD2345', lang: 'en' } as const;

  it('is a note and a task a step, each with its mark, in the play’s order', () => {
    const planned = plannedOf(prepared(found('re-engage')), run);
    expect(planned.map(({ step, intent }) => [step, intent.kind])).toEqual([
      ['why', 'note'],
      ['call', 'task'],
      ['follow', 'task'],
    ]);
    const [why, call] = planned;
    expect(why?.intent).toMatchObject({ companyId: account.id, ownerId: '77', body: expect.stringContaining('unused 42 d') });
    expect(call?.intent).toMatchObject({ priority: 'HIGH', type: 'CALL', due: '2026-11-24' });
    for (const { intent, step } of planned)
      expect(readMark('body' in intent ? intent.body : '')).toEqual({ play: 're-engage', step, run: 'ABCD2345' });
  });

  it('has the answers as one note, and none without an answer', () => {
    const answers = { reason: 'too dear', fixable: ' ' };
    const [note] = plannedOf(prepared(found('win-back'), { answers }), run);
    expect(note?.intent).toMatchObject({ kind: 'note', body: expect.stringContaining('The reason in their words\ntoo dear\n') });
    expect(JSON.stringify(note)).not.toContain('Could we fix it');
    expect(plannedOf(prepared(found('win-back')), run).map(({ intent }) => intent.kind)).toEqual(['task', 'task']);
  });

  it('sets a property', () => {
    const play = made({ id: 'stage', kind: 'property', property: 'csm_status', value: { en: 'at_risk', ja: 'at_risk' } });
    expect(plannedOf(prepared(play), run)[0]?.intent).toEqual({
      kind: 'company_update',
      companyId: account.id,
      changes: [{ property: 'csm_status', value: 'at_risk' }],
      what: 'csm_status → At risk',
    });
  });

  it('writes of a fact what HubSpot stores, and says what it shows', () => {
    const sold = { ...account, plan: 'ENT', labels: { plan: 'Enterprise' } };
    const set: PlayStep = { id: 'stage', kind: 'property', property: 'memo', value: { en: '{plan}', ja: '' } };
    const note: PlayStep = { id: 'note', kind: 'note', text: { en: 'On {plan}', ja: '' } };
    expect(prepared(made(set, note), { row: sold }).steps).toMatchObject([{ value: 'ENT' }, { text: 'On Enterprise' }]);
    const asked = prepared(made(set), { row: { ...account, plan: null }, answers: { plan: 'STD' } });
    expect(asked.steps).toMatchObject([{ value: 'STD', missing: [] }]);
  });

  it('never sends a mail: it is a draft and a link', () => {
    expect(mailtoOf({ to: 'a+b@example.com', subject: '100% & mehr?', text: '一\n二' })).toBe(
      'mailto:a%2Bb@example.com?subject=100%25%20%26%20mehr%3F&body=%E4%B8%80%0D%0A%E4%BA%8C',
    );
    expect(mailtoOf({ to: null, subject: '', text: '' })).toBe('mailto:?subject=&body=');
  });

  it('is known by a run id of its own', () => {
    expect(runId(() => 0)).toBe('22222222');
    expect(
      readMark(
        markOf(
          'custom.vip-care',
          'a_b-c',
          runId(() => 0.99999),
        ),
      ),
    ).toEqual({ play: 'custom.vip-care', step: 'a_b-c', run: 'ZZZZZZZZ' });
    expect(readMark('kizashi play x')).toBeNull();
  });
});

describe('progress', () => {
  const record = (
    step: string,
    state: MarkedRecord['state'],
    days: number,
    run = 'AAAAAAAA',
    kind: MarkedRecord['kind'] = 'task',
  ): MarkedRecord => ({
    kind,
    subject: step,
    body: `words <br> ${markOf('adoption', step, run)} more`,
    on: addDays(TODAY, days),
    state,
  });

  it('tells done, open, overdue and waiting steps, by day', () => {
    const [play] = progressOf(
      [
        record('c', 'waiting', 5),
        record('b', 'open', -2),
        record('a', 'done', -9),
        record('d', 'open', 0),
        { ...record('e', 'open', 0), body: 'none' },
      ],
      TODAY,
    );
    expect(play).toMatchObject({ play: 'adoption', run: 'AAAAAAAA', done: 1, overdueSince: addDays(TODAY, -2) });
    expect(play?.steps.map(({ step, state }) => [step, state])).toEqual([
      ['a', 'done'],
      ['b', 'overdue'],
      ['d', 'open'],
      ['c', 'waiting'],
    ]);
  });

  it('believes HubSpot before the outbox', () => {
    const [play] = progressOf([record('a', 'waiting', 1), record('a', 'done', 1)], TODAY);
    expect(play?.steps).toMatchObject([{ state: 'done' }]);
    expect(progressOf([record('a', 'done', 1), record('a', 'waiting', 1)], TODAY)[0]?.steps).toMatchObject([{ state: 'done' }]);
  });

  it('counts changes of properties and drafts as steps, and waits for no mail', () => {
    const [play] = progressOf(
      [
        record('a', 'done', -3),
        record('b', 'waiting', -3, 'AAAAAAAA', 'property'),
        record('c', 'drafted', -3, 'AAAAAAAA', 'email'),
        // All else of this run was taken back.
        record('c', 'drafted', -2, 'BBBBBBBB', 'email'),
        record('a', 'done', -9, 'CCCCCCCC', 'property'),
        record('c', 'drafted', -9, 'CCCCCCCC', 'email'),
      ],
      TODAY,
    );
    expect(play).toMatchObject({ run: 'AAAAAAAA', done: 1, overdueSince: null });
    expect(play?.steps.map(({ kind, state }) => [kind, state])).toEqual([
      ['task', 'done'],
      ['property', 'waiting'],
      ['email', 'drafted'],
    ]);
    const runs = progressOf(
      [
        record('a', 'done', -3, 'AAAAAAAA', 'property'),
        record('b', 'drafted', -3, 'AAAAAAAA', 'email'),
        record('a', 'open', 2, 'BBBBBBBB'),
      ],
      TODAY,
    );
    // A drafted mail keeps no play open.
    expect(runs.map(({ run }) => run)).toEqual(['BBBBBBBB', 'AAAAAAAA']);
  });

  it('puts what is overdue first, then what runs, then what is done', () => {
    const order = progressOf(
      [
        record('a', 'done', -1, 'AAAAAAAA'),
        record('a', 'open', 3, 'BBBBBBBB'),
        record('a', 'open', -1, 'CCCCCCCC'),
        record('a', 'open', -4, 'DDDDDDDD'),
      ],
      TODAY as Day,
    );
    expect(order.map(({ run }) => run)).toEqual(['DDDDDDDD', 'CCCCCCCC', 'BBBBBBBB', 'AAAAAAAA']);
  });
});
