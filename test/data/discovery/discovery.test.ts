import { describe, expect, it } from 'vitest';
import { checkAnswers, discover, proposeMapping } from '../../../src/data/hubspot/discovery.ts';
import { choice, owner, portal, property, schema, standard } from './portal.ts';

const JAPANESE = portal({
  companies: [
    owner('eigyo_tanto', '営業担当'),
    owner('cs_tanto', 'カスタマーサクセス担当'),
    property('p1', '契約開始日', 'date'),
    property('p2', '契約更新日', 'date'),
    property('p3', 'データ更新日', 'datetime', { label: '最終更新日' }),
    property('p4', '契約金額', 'number'),
    property('p5', '契約期間（月）', 'number'),
    property('p6', '請求サイクル', 'enumeration'),
    property('p7', '解約日', 'date'),
    property('p8', '解約理由', 'enumeration'),
    property('p8b', '解約予定日', 'date'),
    property('p9', '契約席数', 'number'),
    property('p10', 'プラン', 'enumeration'),
    property('p11', '業種', 'string'),
    property('p12', '従業員規模', 'enumeration'),
    property('p13', 'サクセスゴール', 'string'),
    property('p14', '導入段階', 'enumeration'),
    property('p15', '解約通知日', 'date'),
    property('p16', '解約予告期間', 'number'),
    property('p17', '契約機能数', 'number'),
  ],
  contacts: [
    choice('yakuwari', '役割', [
      ['suishin', '推進者'],
      ['user', '利用者'],
    ]),
    property('rinin', '離任日', 'date'),
  ],
  tickets: [
    property('manzoku', '満足度（1〜5）', 'number'),
    property('esc', 'エスカレーション', 'bool'),
    property('saikai', '再オープン', 'bool'),
  ],
  schemas: [
    schema('2-9', 'seikyu_meisai', '請求明細', [property('d', '日付', 'date'), property('k', '税額', 'number')]),
    schema('2-7', 'getsuji', '月次MRR', [
      property('taisho', '対象月', 'date'),
      property('kingaku', '金額', 'number'),
      property('seihin', '製品', 'string'),
      property('puran', 'プラン', 'string'),
      property('tsuka', '通貨', 'string'),
      property('seki', '席数', 'number'),
      standard('hs_createdate', '作成日', 'datetime'),
    ]),
    schema('2-8', 'riyo', '利用状況（週次）', [
      property('shu', '週', 'date'),
      property('rogin', 'ログイン数', 'number'),
      property('hito', '利用者数', 'number'),
      property('fun', '利用時間（分）', 'number'),
      property('kino', '利用機能数', 'number'),
      property('saigo', '最終利用日', 'date'),
    ]),
    schema('2-6', 'mrr_of_deals', 'MRR', [property('month', 'Month', 'date'), property('amount', 'Amount', 'number')], ['0-3']),
  ],
  rows: {
    companies: [
      { cs_tanto: '5', eigyo_tanto: '6', hubspot_owner_id: '6', p2: '2027-01-31', p11: '物流', industry: null, lifecyclestage: 'customer' },
      { cs_tanto: '5', eigyo_tanto: '6', hubspot_owner_id: '6', p2: '2027-03-31', p11: '製造', industry: '', lifecyclestage: 'customer' },
    ],
    feedback_submissions: [{}],
  },
});

describe('a portal named in Japanese', () => {
  const { mapping, confirm } = proposeMapping(discover(JAPANESE));
  it('is found without help', () => {
    expect(mapping).toEqual({
      customers: 'lifecyclestage:customer',
      owner: 'cs_tanto',
      'mrr.source': 'custom-object',
      'mrr.object': '2-7',
      'mrr.month': 'taisho',
      'mrr.amount': 'kingaku',
      'mrr.product': 'seihin',
      'mrr.plan': 'puran',
      'mrr.currency': 'tsuka',
      'mrr.seats': 'seki',
      'contract.start': 'p1',
      'contract.renewal': 'p2',
      'contract.value': 'p4',
      'contract.termMonths': 'p5',
      'contract.billing': 'p6',
      'contract.noticeDays': 'p16',
      'contract.noticeGivenOn': 'p15',
      'profile.plan': 'p10',
      'profile.industry': 'p11',
      'profile.size': 'numberofemployees',
      'profile.goals': 'p13',
      'profile.onboardingStage': 'p14',
      'churn.on': 'p7',
      'churn.reason': 'p8',
      'usage.object': '2-8',
      'usage.week': 'shu',
      'usage.lastUsedOn': 'saigo',
      'usage.logins': 'rogin',
      'usage.activeUsers': 'hito',
      'usage.minutes': 'fun',
      'usage.featuresUsed': 'kino',
      'usage.featuresInPlan': 'company.p17',
      'usage.seatsBought': 'company.p9',
      'support.priority': 'hs_ticket_priority',
      'support.category': 'hs_ticket_category',
      'support.escalated': 'esc',
      'support.reopened': 'saikai',
      'support.csat': 'manzoku',
      'survey.source': 'feedback',
      'people.champion': 'yakuwari:suishin',
      'people.role': 'yakuwari',
      'people.left': 'rinin',
    });
  });

  it('asks only where two could be meant', () => {
    expect(confirm).toContain('profile.size');
    expect(confirm).not.toContain('owner');
    expect(confirm).not.toContain('mrr.object');
  });

  it('shows values and how many are filled in', () => {
    const [best] = discover(JAPANESE).candidates.owner ?? [];
    expect(best).toMatchObject({ value: 'cs_tanto', label: 'カスタマーサクセス担当', samples: ['花子 見本'], fillRate: 1 });
    expect(discover(JAPANESE).candidates['contract.renewal']?.[0]?.samples).toEqual(['2027-01-31', '2027-03-31']);
  });
});

const ENGLISH = portal({
  companies: [
    owner('customer_success_manager', 'Customer success manager'),
    property('contract_start', 'Contract start date', 'date'),
    property('renewal_date', 'Renewal date', 'date'),
    property('total_contract_value', 'Contract value', 'number'),
    property('contract_term', 'Contract term (months)', 'number'),
    property('billing_frequency', 'Billing cycle', 'enumeration'),
    property('notice_period', 'Notice period (days)', 'number'),
    property('notice_date', 'Notice given on', 'date'),
    property('subscription_plan', 'Plan', 'enumeration'),
    property('churn_date', 'Churn date', 'date'),
    property('reason_for_churn', 'Churn reason', 'enumeration'),
    property('churn_risk_score', 'Churn risk', 'number'),
    property('lastLoginDate', 'Last login', 'datetime'),
    property('login_count', 'Logins (30 days)', 'number'),
    property('licensed_seats', 'Seats bought', 'number'),
  ],
  schemas: [
    schema('2-5', 'revenue_record', 'Revenue records', [
      property('month', 'Month', 'string'),
      property('mrr', 'MRR', 'number'),
      property('one_time_amount', 'One-time amount', 'number'),
      property('product_name', 'Product', 'string'),
    ]),
  ],
});

describe('a portal named in English, with usage on the company', () => {
  const { mapping } = proposeMapping(discover(ENGLISH));
  it('is found without help', () => {
    expect(mapping).toMatchObject({
      owner: 'customer_success_manager',
      'mrr.object': '2-5',
      'mrr.month': 'month',
      'mrr.amount': 'mrr',
      'mrr.product': 'product_name',
      'contract.start': 'contract_start',
      'contract.renewal': 'renewal_date',
      'contract.value': 'total_contract_value',
      'contract.termMonths': 'contract_term',
      'contract.billing': 'billing_frequency',
      'contract.noticeDays': 'notice_period',
      'contract.noticeGivenOn': 'notice_date',
      'profile.plan': 'subscription_plan',
      'churn.on': 'churn_date',
      'churn.reason': 'reason_for_churn',
      'usage.lastUsedOn': 'lastLoginDate',
      'usage.logins': 'login_count',
      'usage.seatsBought': 'licensed_seats',
    });
    expect(mapping).not.toHaveProperty('usage.object');
    expect(mapping).not.toHaveProperty('usage.week');
  });
});

describe('traps', () => {
  it('the salesperson stands in only where no Customer Success owner is filled in', () => {
    const companies = [owner('csm', 'CSM'), owner('sales_rep', 'Sales rep')];
    const pick = (filled: string | null) =>
      proposeMapping(discover(portal({ companies, rows: { companies: [{ csm: filled, sales_rep: '6', hubspot_owner_id: '6' }] } }))).mapping
        .owner;
    expect(pick('5')).toBe('csm');
    expect(pick(null)).toBe('hubspot_owner_id');
    expect(proposeMapping(discover(portal({ companies: [owner('sales_rep', 'Sales rep')] }))).mapping.owner).toBe('hubspot_owner_id');
  });

  it('an empty portal gets its standard properties, no revenue, and is asked for it', () => {
    const { mapping, confirm } = proposeMapping(discover(portal({})));
    expect(mapping).not.toHaveProperty('mrr.source');
    expect(confirm).toContain('mrr.source');
    expect(Object.values(mapping)).not.toContain('hubspotscore');
    expect(Object.values(mapping)).not.toContain('annualrevenue');
  });

  it('never takes a number for a date or a record of its own bookkeeping for the contract', () => {
    const found = discover(
      portal({
        companies: [
          property('renewal_date', 'Renewal date', 'number'),
          property('last_updated', '更新日', 'date'),
          property('renewal_notice_date', 'Renewal notice date', 'date'),
        ],
      }),
    );
    expect(found.candidates['contract.renewal']).toBeUndefined();
  });

  it('leaves what HubSpot itself defines alone, whatever it is called', () => {
    const companies = [
      standard('hs_renewal_date', 'Renewal date', 'date'),
      standard('hs_plan', 'Plan', 'string'),
      owner('hs_csm', 'CSM', { hubspotDefined: true }),
    ];
    const { mapping } = proposeMapping(discover(portal({ companies })));
    expect(mapping).not.toHaveProperty('contract.renewal');
    expect(mapping).not.toHaveProperty('profile.plan');
    expect(mapping.owner).toBe('hubspot_owner_id');
  });

  it('an object that hangs on no company is no revenue', () => {
    const wrong = schema('2-1', 'mrr_record', 'MRR', [property('month', 'Month', 'date'), property('amount', 'Amount', 'number')], ['0-3']);
    expect(discover(portal({ schemas: [wrong] })).candidates['mrr.object']).toBeUndefined();
  });
});

describe('answers', () => {
  const found = discover(JAPANESE);
  it('stand, and the rest goes with them', () => {
    const other = discover(
      portal({
        schemas: [
          schema('2-1', 'mrr_record', 'MRR', [property('month', 'Month', 'date'), property('amount', 'Amount', 'number')]),
          schema('2-2', 'old_mrr', 'Old MRR', [property('month_start', 'Month', 'date'), property('mrr', 'MRR', 'number')]),
        ],
      }),
    );
    expect(proposeMapping(other).mapping['mrr.object']).toBe('2-1');
    const answers = checkAnswers({ 'mrr.object': 'Old MRR' }, other);
    expect(answers).toEqual({ ok: true, value: { 'mrr.object': '2-2' } });
    expect(proposeMapping(other, answers.ok ? answers.value : {}).mapping).toMatchObject({
      'mrr.object': '2-2',
      'mrr.month': 'month_start',
      'mrr.amount': 'mrr',
    });
  });

  it('are all checked, each with what may have been meant', () => {
    const refused = checkAnswers(
      {
        'contract.renewl': 'p2',
        'contract.renewal': 'p22',
        'contract.start': 'p4',
        customers: 'lifecyclestage:custmer',
        'mrr.source': 'customobject',
        'usage.object': '2-404',
        'people.champion': 'yakuwari:suisin',
        'profile.plan': ' p10 ',
      },
      found,
    );
    expect(refused.ok).toBe(false);
    if (refused.ok) return;
    const by = Object.fromEntries(refused.error.map((problem) => [problem.key, problem]));
    expect(by['contract.renewl']).toMatchObject({ code: 'key', suggestions: expect.arrayContaining(['contract.renewal']) });
    expect(by['contract.renewal']).toMatchObject({ code: 'property', object: 'companies', suggestions: expect.arrayContaining(['p2']) });
    expect(by['contract.start']).toMatchObject({ code: 'type', suggestions: expect.arrayContaining(['p1']) });
    expect(by.customers).toMatchObject({ code: 'value', suggestions: ['lifecyclestage:customer'] });
    expect(by['mrr.source']).toMatchObject({ code: 'value', suggestions: ['custom-object'] });
    expect(by['usage.object']).toMatchObject({ code: 'object' });
    expect(by['people.champion']).toMatchObject({ code: 'value', suggestions: ['yakuwari:suishin', 'yakuwari:user'] });
    expect(by['profile.plan']).toBeUndefined();
  });

  it('may name the salesperson, everybody, and a property of the company beside a usage object', () => {
    expect(
      checkAnswers(
        { owner: 'hubspot_owner_id', customers: 'all', 'usage.logins': 'rogin', 'usage.week': 'shu', 'usage.seatsBought': 'company.p9' },
        found,
      ),
    ).toMatchObject({ ok: true });
    expect(checkAnswers({ 'usage.week': 'shu', 'usage.seatsBought': 'company.p99' }, found)).toMatchObject({ ok: false });
  });

  it('about usage mean the company, without losing the usage object that was found', () => {
    const settled = (answers: Record<string, string>) => {
      const checked = checkAnswers(answers, found);
      return checked.ok ? { answers: checked.value, mapping: proposeMapping(found, checked.value).mapping } : checked.error;
    };
    expect(settled({ 'usage.seatsBought': 'p9' })).toMatchObject({
      answers: { 'usage.seatsBought': 'company.p9' },
      mapping: { 'usage.object': '2-8', 'usage.logins': 'rogin', 'usage.seatsBought': 'company.p9' },
    });
    expect(settled({ 'usage.lastUsedOn': 'saigo' })).toMatchObject({ answers: { 'usage.object': '2-8', 'usage.lastUsedOn': 'saigo' } });
    expect(settled({ 'usage.logins': 'nowhere' })).toMatchObject([{ key: 'usage.logins', code: 'property' }]);
  });

  it('about an object that cannot be read are taken on trust', () => {
    const blind = discover({ ...JAPANESE, properties: new Map([...JAPANESE.properties].filter(([object]) => object !== 'tickets')) });
    expect(checkAnswers({ 'support.csat': 'anything' }, blind)).toEqual({ ok: true, value: { 'support.csat': 'anything' } });
  });
});
