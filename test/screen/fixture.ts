/** A workspace without store and network: sample data, every answer at hand, every write remembered. */

import type { AccountView } from '../../src/book/account-view.ts';
import type { AttachedRecord } from '../../src/book/attached.ts';
import type { BriefSummary } from '../../src/book/brief.ts';
import { type DoneMarks, doneMark } from '../../src/book/done.ts';
import type { HygieneFinding } from '../../src/book/hygiene.ts';
import { factsOf, playKit } from '../../src/book/play-kit.ts';
import type { RevenueAnswer, RevenueQuestion } from '../../src/book/revenue-answers.ts';
import type { BookRow, BookSnapshot, RowSignal } from '../../src/book/row.ts';
import type { BookTask } from '../../src/book/tasks.ts';
import type { StoredOwner } from '../../src/data/store/types.ts';
import type { ActRefused, OutboxEntry, RowField, RulesView, SaveRefused, Workspace, WorkspaceStatus } from '../../src/open.ts';
import type { Intent, Planned } from '../../src/plays/intent.ts';
import { templatesOf } from '../../src/plays/templates.ts';
import type { Band, Play, Template, Tier } from '../../src/policy.ts';
import { DEFAULT_PERSONAL, type Personal } from '../../src/settings/settings.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { addDays, addMonths, type Day, type Instant, type Month } from '../../src/units/day.ts';
import { err, ok } from '../../src/units/result.ts';

export const TODAY = '2026-11-21' as Day;
export const NOW = Date.parse('2026-11-21T00:30:00Z') as Instant;
const SYNCED = Date.parse('2026-11-20T23:12:00Z') as Instant;

export const HOSTILE = [
  '\u001b[2J\u001b[31mred alert\u001b[0m',
  '=HYPERLINK("https://example.com")',
  '\u202egnp.exe\u202c 右から左',
  '👨‍👩‍👧‍👦 家族 ⚠️ 🇯🇵 1️⃣',
  '全角'.repeat(40),
  'a\tb\nc\u0000d\u007f',
  'e\u0301\u0323\u0301\u0301\u0301 zalgo',
] as const;

const NAMES = [
  '株式会社あおば',
  'Northwind Logistics K.K.',
  '北斗精機',
  'みなと物流ホールディングス',
  'Kestrel Analytics',
  'さくら印刷',
  'Juniper Foods',
  '瀬戸内電子',
  'Alder & Pine',
  '東雲ソフトウェア',
  'Brightwater',
  '山彦商事',
] as const;

const SIGNALS: readonly RowSignal[] = [
  signal(
    'usage.last_login',
    'usage',
    14,
    '42 days since last use (10 Oct 2026); watch 14, full 30',
    '最終利用から42日 (2026/10/10)、14日で注意、30日で最大',
    'unused 42 d',
    '42日未使用',
  ),
  signal('people.champion_left', 'lifecycle', 8.6, 'champion left 9 Oct', '推進者が10/9に離任', 'champion left 9 Oct', '推進者が離任'),
  signal('mrr.down_3m', 'commercial', 2.8, 'MRR ¥550K → ¥500K (−9%)', 'MRR 55万 → 50万 (−9%)', 'MRR −9%', 'MRR −9%'),
  signal(
    'support.tickets',
    'support',
    5.1,
    '3 tickets in 30 d (1.0 before)',
    '30日で問合せ3件 (以前は1.0件)',
    '3 tickets in 30 d',
    '問合せ30日3件',
  ),
  signal('renewal.near', 'lifecycle', 4.4, 'renews 31 Jan 2027, in 71 d', '2027/1/31更新、残り71日', 'renewal in 71 d', '更新まで71日'),
];

function signal(id: string, type: string, points: number, en: string, ja: string, shortEn: string, shortJa: string): RowSignal {
  return { id, type, points, evidence: { en, ja }, short: { en: shortEn, ja: shortJa }, since: addDays(TODAY, -20), dismissed: false };
}

const BANDS: readonly Band[] = ['critical', 'critical', 'high', 'watch', 'low'];
const TIERS: readonly Tier[] = ['high', 'low', 'tech'];

export function row(index: number, over: Partial<BookRow> = {}): BookRow {
  const id = String(9001 + index);
  const mrr = Math.max(12_000, 910_000 - index * 17_000);
  const band = BANDS[Math.min(BANDS.length - 1, Math.floor(index / 3))] ?? 'low';
  const risk = Math.max(4, 91 - index * 2);
  const days = 20 + ((index * 37) % 300);
  const month = '2026-11' as Month;
  return {
    id,
    name: index < NAMES.length ? (NAMES[index] ?? '') : `${NAMES[index % NAMES.length]} ${index}`,
    domain: `customer${index}.example`,
    url: `https://app.hubspot.com/contacts/123/record/0-2/${id}`,
    owner: { id: '77', name: '田中', email: 'tanaka@example.com' },
    team: null,
    tier: TIERS[index % 3] ?? null,
    customerGrade: null,
    homeRate: 1,
    plan: index % 4 === 0 ? 'Enterprise' : 'Standard',
    products: index % 2 === 0 ? ['CRM', 'MA'] : ['CRM'],
    industry: '製造',
    segment: null,
    labels: {},
    currency: 'JPY',
    mrr,
    mrrChange1m: index % 5 === 0 ? -50_000 : 0,
    mrrChange3m: index % 3 === 0 ? -50_000 : index % 3 === 1 ? 20_000 : 0,
    mrrTrend: Array.from({ length: 24 }, (_, at) => ({
      month: addMonths(month, at - 23),
      mrr: index === 7 && at < 6 ? null : mrr * (0.5 + at / 46),
    })),
    contractValue: mrr * 12,
    contractValueDerived: false,
    contractStart: '2023-04-01' as Day,
    contractAgeMonths: 43,
    renewalDate: addDays(TODAY, days),
    daysToRenewal: days,
    noticeBy: addDays(TODAY, days - 30),
    lastUsedAt: addDays(TODAY, -42),
    daysSinceLastUse: 42,
    lastTouchAt: addDays(TODAY, -20),
    openTickets: index % 4,
    nps: index % 3 === 2 ? null : 9 - (index % 7),
    healthScore: index % 2 === 0 ? '72' : null,
    group: 'ranked',
    risk,
    band,
    riskRange: [Math.max(0, risk - 7), Math.min(100, risk + 5)],
    coverage: 0.86,
    grade: 'A',
    riskChange7d: index % 4 === 0 ? 12 : index % 4 === 1 ? -3 : 0,
    stratum: index % 6 === 5 ? 'monthly' : 'annual_in_window',
    stratumAssumed: false,
    probability: 0.5,
    probabilityToRenewal: 0.5,
    calibrated: false,
    mrrAtRisk: mrr * 0.5,
    monthsLost: 10,
    expectedLoss: mrr * 5 * (risk / 100),
    quadrant: 'act',
    signals: SIGNALS.slice(index % 3, (index % 3) + 1 + (index % 3)),
    play: null,
    overduePlay: null,
    sharedSnooze: null,
    snoozedUntil: null,
    returned: null,
    ...over,
  };
}

export function snapshotOf(rows: readonly BookRow[]): BookSnapshot {
  return {
    asOf: TODAY,
    syncedAt: SYNCED,
    portalId: '123',
    policy: 'sha256:0',
    currency: 'JPY',
    portalCoverage: 0.9,
    feeds: [],
    unproven: false,
    cap: null,
    rows,
  };
}

/** `count` ranked accounts, then one with notice given and one without data. */
export function book(count: number): BookSnapshot {
  const ranked = Array.from({ length: count }, (_, index) => row(index));
  const rest =
    count < 10
      ? []
      : [
          row(count, { group: 'notice', name: 'Left Behind Ltd' }),
          row(count + 1, {
            group: 'unknown',
            band: null,
            name: 'データなし商会',
            mrr: null,
            mrrChange3m: null,
            expectedLoss: null,
            riskChange7d: null,
            signals: [],
          }),
        ];
  return snapshotOf([...ranked, ...rest]);
}

export function accountView(of: BookRow): AccountView {
  const months = of.mrrTrend.map(({ month }) => month);
  return {
    row: of,
    change: {
      from: '2026-11-14' as Day,
      to: TODAY,
      before: 62,
      after: 74,
      policies: { before: 'sha256:0', after: 'sha256:0' },
      parts: [
        { kind: 'time', signal: null, label: null, points: 0.6 },
        { kind: 'fact', signal: 'usage.logins', label: { en: 'logins', ja: 'ログイン' }, points: 5.2 },
        { kind: 'fact', signal: 'usage.seats', label: { en: 'seats', ja: '席' }, points: 6.2 },
      ],
    },
    lastBetter: { day: '2026-11-15' as Day, band: 'high', risk: 63 },
    earlier: [],
    receipt: {
      asOf: TODAY,
      base: 30,
      groups: [
        {
          group: 'usage',
          label: { en: 'usage', ja: '利用' },
          cap: 34,
          uncapped: 36.2,
          points: 34,
          lines: [
            line('usage.last_login', 'unused 42 d (10 Oct), watch 14, full 30', '42日未使用 (10/10)', 14),
            line('usage.logins', 'logins 41 → 22 a week (−46%)', '週ログイン 41 → 22 (−46%)', 12.17),
            line('usage.seats', '11 of 36 seats (31%)', '36席中11席 (31%)', 10.03),
          ],
        },
        {
          group: 'lifecycle',
          label: { en: 'people', ja: '人' },
          cap: 30,
          uncapped: 8.63,
          points: 8.63,
          lines: [line('people.champion_left', '佐藤 (champion) left 9 Oct', '佐藤 (推進者) が10/9に離任', 8.63)],
        },
        {
          group: 'sentiment',
          label: { en: 'opinion', ja: '評価' },
          cap: 20,
          uncapped: -1.04,
          points: -1.04,
          lines: [line('nps', 'NPS 9 (25 Jun)', 'NPS 9 (6/25)', -1.04)],
        },
      ],
      overrides: [],
      unclipped: 71.59,
      floored: false,
      total: 71.59,
      risk: 72,
      missing: [
        { signal: 'billing.overdue', label: { en: 'overdue invoices', ja: '請求の遅れ' }, feed: 'billing', state: 'n/a', because: '' },
      ],
    },
    mrrByProduct: [
      { product: 'CRM', label: 'CRM', months: months.map((month, at) => ({ month, mrr: 300_000 + at * 4_000 })) },
      { product: 'MA', label: 'MA', months: months.map((month, at) => ({ month, mrr: at < 8 ? 0 : 100_000 })) },
      { product: 'SFA', label: 'SFA', months: months.map((month, at) => ({ month, mrr: at > 18 ? 0 : 60_000 })) },
    ],
    timeline: Array.from({ length: 14 }, (_, at) => ({
      at: addDays(TODAY, -2 - at * 9),
      kind: at % 3 === 0 ? ('email' as const) : at % 3 === 1 ? ('call' as const) : ('ticket' as const),
      title: at === 0 ? 'Re: 利用状況のご相談' : `Entry ${at}`,
      body: at === 0 ? '新しい担当者が機能を知らない\u001b[31m' : null,
      direction: at % 3 === 0 ? ('in' as const) : null,
      source: null,
    })),
    contacts: [
      {
        id: '1',
        name: '佐藤',
        email: 'sato@aoba.example',
        jobTitle: '部長',
        role: null,
        roleLabel: null,
        champion: true,
        leftOn: addDays(TODAY, -43),
        lastActiveOn: null,
        lastTouchedOn: addDays(TODAY, -50),
      },
      {
        id: '2',
        name: '鈴木',
        email: null,
        jobTitle: null,
        role: 'user',
        roleLabel: 'user',
        champion: false,
        leftOn: null,
        lastActiveOn: addDays(TODAY, -3),
        lastTouchedOn: null,
      },
    ],
    contract: {
      start: of.contractStart,
      startDerived: false,
      renewal: of.renewalDate,
      termMonths: 12,
      billing: 'annual',
      billingLabel: 'annual',
      noticeDays: 30,
      noticeAssumed: false,
      noticeGivenOn: null,
    },
    openTasks: [{ at: addDays(TODAY, 2), kind: 'task', title: 'Send the usage review', body: null, direction: null, source: null }],
    history: [],
    plans: [],
    voice: [],
    goals: null,
    healthScore: null,
    healthLabel: null,
    plays: [],
    pending: [],
  };
}

function line(signal: string, en: string, ja: string, points: number) {
  return {
    signal,
    label: { en: signal, ja: signal },
    evidence: { en, ja },
    input: signal,
    value: 1,
    valueAt: TODAY,
    source: null,
    url: null,
    from: 0,
    to: 1,
    severity: 1,
    points,
    dismissed: false,
  };
}

const NO_FINDINGS: readonly HygieneFinding[] = [];

export interface FixtureOptions {
  readonly demo?: boolean;
  readonly personal?: Partial<Personal>;
  readonly snapshot?: BookSnapshot | null;
  readonly asOf?: Day;
  readonly status?: Partial<WorkspaceStatus>;
  readonly refuse?: ActRefused & { readonly index?: number };
  readonly outbox?: readonly OutboxEntry[];
  readonly tasks?: readonly BookTask[];
  readonly editRefused?: ActRefused;
  readonly rowFields?: Readonly<Record<string, readonly RowField[]>>;
  readonly drafts?: Readonly<Record<string, string>>;
  readonly rules?: RulesView | null;
  readonly revenue?: (question: RevenueQuestion) => RevenueAnswer | null;
  readonly hygiene?: readonly HygieneFinding[];
  readonly saveRefused?: SaveRefused;
  readonly plays?: readonly Play[];
  readonly templates?: readonly Template[];
  readonly records?: readonly AttachedRecord[];
  readonly dispositions?: readonly { readonly value: string; readonly label: string }[];
  readonly lookedBack?: boolean;
  readonly churnReasons?: Awaited<ReturnType<Workspace['churnReasons']>>;
  readonly lang?: Lang;
  readonly brief?: BriefSummary | null;
  /** Laid over what an account is read as. */
  readonly account?: Partial<AccountView>;
  /** Accounts answer only when this resolves. */
  readonly slow?: Promise<void>;
}

export interface Fixture extends Workspace {
  readonly acted: Intent[];
  /** What was queued several at a time. */
  readonly planned: Planned[];
  readonly kept: Map<string, string>;
  readonly calls: string[];
  setSnapshot(snapshot: BookSnapshot | null): void;
  setStatus(status: Partial<WorkspaceStatus>): void;
}

const owner = (id: string, lastName: string, email: string): StoredOwner => ({
  id,
  userId: null,
  email,
  firstName: '',
  lastName,
  teams: [],
  archived: false,
});
const OWNERS = [owner('77', '田中', 'tanaka@example.com'), owner('78', '鈴木', 'suzuki@example.com')];

const QUIET: WorkspaceStatus = {
  syncedAt: SYNCED,
  offline: false,
  sync: null,
  scoring: false,
  quota: null,
  problem: null,
  outbox: { held: 0, ready: 0, sending: 0, unknown: 0, needsYou: 0 },
  drifted: false,
  doubles: 0,
};

export function fixture(options: FixtureOptions = {}): Fixture {
  let snapshot = options.snapshot === undefined ? book(40) : options.snapshot;
  let status: WorkspaceStatus = { ...QUIET, ...options.status };
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let told: BriefSummary | null = options.brief ?? null;
  let personal: Personal = { ...DEFAULT_PERSONAL, ...options.personal };
  let done: DoneMarks = new Map();
  const acted: Intent[] = [];
  const gone = new Set<string>();
  const plannedHere: Planned[] = [];
  const calls: string[] = [];
  const kept = new Map(Object.entries(options.drafts ?? {}));
  return {
    profile: 'default',
    demo: options.demo ?? true,
    portal: { portalId: '123', label: 'Demo portal', uiDomain: 'app.hubspot.com', timeZone: 'Asia/Tokyo', currency: 'JPY' },
    owner: { id: '77', name: '田中', email: 'tanaka@example.com' },
    myId: '77',
    asOf: options.asOf ?? TODAY,
    today: TODAY,
    undoSeconds: 10,
    acted,
    planned: plannedHere,
    kept,
    calls,
    now: () => NOW,
    snapshot: () => snapshot,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async account(id) {
      await options.slow;
      const found = snapshot?.rows.find((one) => one.id === id);
      return found ? { ...accountView(found), ...options.account } : null;
    },
    outbox: async () => options.outbox ?? [],
    tasks: async (all) => (options.tasks ?? []).filter(({ id, owner: of }) => !gone.has(id) && (all || of?.id === '77')),
    people: OWNERS.map(({ id, lastName }) => ({ id, name: lastName })),
    leadOf: () => '78',
    async handOver(accountId, ownerId) {
      calls.push(`handOver ${accountId} ${ownerId}`);
      return ok({ id: 'h1', undoUntil: (NOW + 10_000) as Instant });
    },
    async escalate(accountId, ownerId) {
      calls.push(`escalate ${accountId} ${ownerId}`);
      return ok({ id: 'h2', undoUntil: (NOW + 10_000) as Instant });
    },
    async act(intent) {
      if (options.refuse) return err(options.refuse);
      acted.push(intent);
      if (intent.kind === 'task_update' && intent.change.status === 'COMPLETED' && 'hubspotId' in intent.task)
        gone.add(intent.task.hubspotId);
      return ok({ id: `i${acted.length}`, undoUntil: (NOW + 10_000) as Instant });
    },
    async actAll(planned) {
      if (options.refuse) return err({ index: null, ...options.refuse });
      plannedHere.push(...planned);
      const ids = planned.map(({ intent }) => `i${acted.push(intent)}`);
      return ok({ ids, groupId: 'g1', undoUntil: (NOW + 10_000) as Instant });
    },
    async editRow(id, fields) {
      if (options.editRefused) return err(options.editRefused);
      calls.push(`edit ${id} ${JSON.stringify(fields)}`);
      return ok(id);
    },
    rowFields: async (id) => options.rowFields?.[id] ?? null,
    async undo(id) {
      calls.push(`undo ${id}`);
      gone.clear();
      return acted.pop() === undefined ? null : 'removed';
    },
    async retry(id) {
      calls.push(`retry ${id}`);
      return true;
    },
    async healDoubles() {
      calls.push('heal');
      return status.doubles;
    },
    async drop(id) {
      calls.push(`drop ${id}`);
      return true;
    },
    draft: async (key) => kept.get(key) ?? null,
    async keepDraft(key, text) {
      if (text === null) kept.delete(key);
      else kept.set(key, text);
    },
    templates: () => templatesOf({ templates: options.templates ?? [] }),
    async facts(accountId) {
      await options.slow;
      const found = snapshot?.rows.find(({ id }) => id === accountId);
      const kit = playKit({ policy: { plays: [], leads: {} }, owners: OWNERS, myId: '77', properties: [] });
      return found ? factsOf(kit, found, { ...accountView(found), ...options.account }, TODAY, options.lang ?? 'en') : null;
    },
    recordsOf: async () => ({ records: options.records ?? [], dispositions: options.dispositions ?? [] }),
    churnReasons: async () => options.churnReasons ?? null,
    isLookedBack: async () => options.lookedBack ?? false,
    preview: async (what) => ok([{ method: 'POST', path: '/crm/v3/objects/x', body: what }]),
    async postMortem(wish) {
      if (options.refuse) return err(options.refuse);
      calls.push(`postMortem ${JSON.stringify(wish)}`);
      const note = { kind: 'note', companyId: wish.accountId, body: wish.helped, at: NOW, ownerId: '77' } as const;
      acted.push(note, note);
      return ok({ ids: ['p1', 'p2'], groupId: 'p', undoUntil: (NOW + 10_000) as Instant });
    },
    async undoPostMortem(accountId) {
      calls.push(`undoPostMortem ${accountId}`);
    },
    playKit: async () => playKit({ policy: { plays: options.plays ?? [], leads: {} }, owners: OWNERS, myId: '77', properties: [] }),
    quiet: { cap: null, snoozeDays: 7, snoozeWorseBy: 10, renewalNear: 60 },
    async snooze(ids, wish) {
      calls.push(`snooze ${ids.join(' ')} ${wish ? wish.until : 'awake'}`);
      return { kind: 'snoozes', before: new Map(), queued: [] };
    },
    async dismiss(id, signal, reason) {
      calls.push(`dismiss ${id} ${signal} ${reason}`);
      return { kind: 'dismissal', accountId: id, signal, before: null };
    },
    async restore(was) {
      calls.push(`restore ${was.kind}`);
      if (was.kind === 'choice') personal = { ...personal, ...was.before };
      if (was.kind === 'look') told = told && { ...told, seenAt: null };
      if (was.kind === 'done') {
        const next = new Map(done);
        for (const [id, mark] of was.before) {
          if (mark) next.set(id, mark);
          else next.delete(id);
        }
        done = next;
      }
      tell();
    },
    async pulse({ accountId, points, because }) {
      calls.push(`pulse ${accountId} ${points} ${because}`);
      return addDays(TODAY, 60);
    },
    rules: async () => options.rules ?? null,
    companyUrl: (id) => `https://app.hubspot.com/contacts/123/record/0-2/${id}`,
    revenue: async (question) => options.revenue?.(question) ?? null,
    hygiene: () => options.hygiene ?? NO_FINDINGS,
    async savePolicy(inForce, changes) {
      if (options.saveRefused) return err(options.saveRefused);
      calls.push(`policy ${changes.map(({ name, value }) => `${name}=${value}`).join(' ')}`);
      return ok(inForce.file);
    },
    brief: () => told,
    briefSince(since) {
      calls.push(`since ${since}`);
    },
    async briefSeen() {
      calls.push('seen');
      told = told && { ...told, seenAt: NOW };
      tell();
      return { kind: 'look', before: null };
    },
    personal: () => personal,
    async choose(change) {
      calls.push(`choose ${JSON.stringify(change)}`);
      const before = Object.fromEntries(Object.keys(change).map((key) => [key, personal[key as keyof Personal]]));
      personal = { ...personal, ...change };
      tell();
      return { kind: 'choice', before };
    },
    done: () => done,
    async markDone(ids, isDone) {
      const before = new Map(ids.map((id) => [id, done.get(id) ?? null]));
      const next = new Map(done);
      for (const one of snapshot?.rows ?? []) {
        if (!ids.includes(one.id)) continue;
        if (isDone) next.set(one.id, doneMark(one, TODAY, NOW));
        else next.delete(one.id);
      }
      done = next;
      tell();
      return { kind: 'done', before };
    },
    refresh() {
      calls.push('refresh');
    },
    async close() {},
    setSnapshot(next) {
      snapshot = next;
      tell();
    },
    setStatus(next) {
      status = { ...status, ...next };
      tell();
    },
  };
}
