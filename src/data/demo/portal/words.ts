/** Invented names and everyday texts of the demo's companies. */

import type { Language, TicketPlan } from './plan.ts';
import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];

const JA_FIRST: Words = [
  '青葉台',
  '若草',
  '朝凪',
  '白樺',
  '千歳野',
  '八重垣',
  '浜風',
  '水無瀬',
  '秋津',
  '銀嶺',
  '杉の森',
  '七色',
  '花筏',
  '東雲',
  '夕映',
  '霧ヶ原',
  '双葉',
  '常磐野',
  '清流',
  '瑞穂野',
  '雪柳',
  '桐生田',
  '錦織',
  '名月',
  '山吹',
  '空色',
  '鈴音',
  '潮見',
  '緑陰',
  '陽だまり',
];
const JA_TRADE: readonly (readonly [string, string])[] = [
  ['製作所', 'MACHINERY'],
  ['精工', 'MACHINERY'],
  ['物流', 'LOGISTICS_AND_SUPPLY_CHAIN'],
  ['運輸', 'LOGISTICS_AND_SUPPLY_CHAIN'],
  ['印刷', 'PRINTING'],
  ['商店', 'RETAIL'],
  ['百貨', 'RETAIL'],
  ['建設', 'CONSTRUCTION'],
  ['メディカル', 'HOSPITAL_HEALTH_CARE'],
  ['ケアサービス', 'HOSPITAL_HEALTH_CARE'],
  ['信用サービス', 'FINANCIAL_SERVICES'],
  ['システムズ', 'COMPUTER_SOFTWARE'],
  ['ホテルズ', 'HOSPITALITY'],
  ['フーズ', 'FOOD_PRODUCTION'],
  ['不動産', 'REAL_ESTATE'],
  ['学習舎', 'EDUCATION_MANAGEMENT'],
];
const EN_FIRST: Words = [
  'Bluefinch',
  'Copperfield',
  'Lanternway',
  'Millstone',
  'Quillon',
  'Saltmarsh',
  'Thistledown',
  'Umberline',
  'Verdantia',
  'Windrose',
  'Yarrow',
  'Zephyrine',
  'Ashgrove',
  'Brindle',
  'Cinderbay',
  'Drummond Vale',
  'Elmsworth',
  'Foxglove',
  'Graymoor',
  'Heronsgate',
];
const EN_TRADE: readonly (readonly [string, string])[] = [
  ['Manufacturing', 'MACHINERY'],
  ['Freight', 'LOGISTICS_AND_SUPPLY_CHAIN'],
  ['Press', 'PRINTING'],
  ['Retail Group', 'RETAIL'],
  ['Builders', 'CONSTRUCTION'],
  ['Health', 'HOSPITAL_HEALTH_CARE'],
  ['Capital', 'FINANCIAL_SERVICES'],
  ['Software', 'COMPUTER_SOFTWARE'],
  ['Hotels', 'HOSPITALITY'],
  ['Foods', 'FOOD_PRODUCTION'],
  ['Estates', 'REAL_ESTATE'],
  ['Learning', 'EDUCATION_MANAGEMENT'],
];
const REGIONS: Words = ['札幌', '仙台', '新潟', '金沢', '名古屋', '京都', '神戸', '広島', '松山', '福岡', '熊本', '那覇'];

export interface Identity {
  readonly name: string;
  readonly domain: string;
  readonly industry: string;
  readonly language: Language;
}

/** The nth invented company; different for every n. */
export function identity(n: number): Identity {
  const english = n % 5 === 3;
  const [firsts, trades] = english ? ([EN_FIRST, EN_TRADE] as const) : ([JA_FIRST, JA_TRADE] as const);
  const first = firsts[n % firsts.length] ?? firsts[0];
  const [trade, industry] = trades[(n * 7 + Math.floor(n / firsts.length) * 3) % trades.length] ?? ['', 'RETAIL'];
  const branch = Math.floor(n / 60);
  const region = branch === 0 ? '' : (REGIONS[(branch - 1) % REGIONS.length] ?? '');
  const number = branch <= REGIONS.length ? '' : String(branch - REGIONS.length + 1);
  const domain = `c${String(n).padStart(4, '0')}.example`;
  if (english) {
    const suffix = branch === 0 ? '' : ` ${branch + 1}`;
    return { name: `${first} ${trade}${suffix}`, domain, industry, language: 'en' };
  }
  const base = `${region}${first}${trade}${number}`;
  return { name: n % 4 === 0 ? `株式会社${base}` : n % 4 === 1 ? `${base}株式会社` : base, domain, industry, language: 'ja' };
}

const JA_PEOPLE: Words = [
  '伊藤',
  '渡辺',
  '山本',
  '中村',
  '加藤',
  '吉田',
  '山口',
  '松本',
  '井上',
  '木村',
  '清水',
  '斎藤',
  '阿部',
  '池田',
  '橋本',
  '石川',
];
const EN_PEOPLE: Words = [
  'Harlow',
  'Mercer',
  'Okafor',
  'Lindqvist',
  'Tan',
  'Romero',
  'Whitby',
  'Kaur',
  'Novak',
  'Ferreira',
  'Boyd',
  'Ishii',
];
export const person = (random: Random, language: Language): string => random.pick(language === 'ja' ? JA_PEOPLE : EN_PEOPLE);

const TITLES: Readonly<Record<Language, Readonly<Record<'champion' | 'user' | 'executive', Words>>>> = {
  ja: {
    champion: ['営業企画課長', '情報システム主任', 'マーケティング課長'],
    user: ['営業担当', '事務担当', 'サポート担当'],
    executive: ['取締役', '営業本部長'],
  },
  en: { champion: ['Sales Operations Manager', 'CRM Lead'], user: ['Account Executive', 'Coordinator'], executive: ['COO', 'VP Sales'] },
};
export const jobTitle = (random: Random, language: Language, role: 'champion' | 'user' | 'executive'): string =>
  random.pick(TITLES[language][role]);

const GOALS: Readonly<Record<Language, Words>> = {
  ja: ['商談の見える化', '問い合わせ対応時間を半分に', '見込み客の育成を自動化', '拠点間で顧客情報を共有'],
  en: ['One view of the pipeline', 'Halve response times', 'Automate lead nurturing', 'Share customer data across sites'],
};
export const goals = (random: Random, language: Language): string => random.pick(GOALS[language]);

type TicketText = Pick<TicketPlan, 'subject' | 'content' | 'category'>;
const TICKETS: Readonly<Record<Language, readonly [TicketText, ...TicketText[]]>> = {
  ja: [
    {
      subject: 'CSV取り込みでエラーになる',
      content: '取り込みの途中で止まります。文字コードは何を選べばよいでしょうか。',
      category: 'PRODUCT_ISSUE',
    },
    { subject: '請求書の宛名変更', content: '来月から宛名を本社に変更してください。', category: 'BILLING_ISSUE' },
    { subject: 'ユーザー追加の手順', content: '新入社員のアカウントを追加したいです。', category: 'GENERAL_INQUIRY' },
    { subject: '帳票の項目を増やしたい', content: '帳票に担当者の列を足せるようにしてほしいです。', category: 'FEATURE_REQUEST' },
    { subject: '画面の表示が遅い', content: '月末になると一覧の表示に時間がかかります。', category: 'PRODUCT_ISSUE' },
  ],
  en: [
    {
      subject: 'CSV import stops half way',
      content: 'The import stops at row 500. Which encoding should we use?',
      category: 'PRODUCT_ISSUE',
    },
    {
      subject: 'Change the billing address',
      content: 'Please send invoices to our head office from next month.',
      category: 'BILLING_ISSUE',
    },
    { subject: 'How to add users', content: 'We have three new colleagues to add.', category: 'GENERAL_INQUIRY' },
    { subject: 'More columns in the report', content: 'We would like the owner as a column in the export.', category: 'FEATURE_REQUEST' },
    { subject: 'List view is slow', content: 'At the end of the month the list takes long to load.', category: 'PRODUCT_ISSUE' },
  ],
};
export const ticketText = (random: Random, language: Language): TicketText => random.pick(TICKETS[language]);

const COMMENTS: Readonly<Record<Language, Readonly<Record<'good' | 'even' | 'bad', Words>>>> = {
  ja: {
    good: ['入力が楽になりました', 'サポートの返事が早い', '営業会議の準備が短くなった'],
    even: ['悪くはないが、使っていない機能が多い', '慣れるまで時間がかかる'],
    bad: ['画面が重い', '値段に見合わない', '担当者が変わってから使い方が分からない'],
  },
  en: {
    good: ['Saves us an hour a day', 'Support answers quickly'],
    even: ['Fine, but we use only half of it', 'Takes time to learn'],
    bad: ['Too slow', 'Not worth the price', 'Nobody here knows how to use it any more'],
  },
};
export const comment = (random: Random, language: Language, score: number): string =>
  random.pick(COMMENTS[language][score >= 9 ? 'good' : score >= 7 ? 'even' : 'bad']);

interface TouchText {
  readonly title: string;
  readonly body: string;
}
const TOUCHES: Readonly<
  Record<Language, Readonly<Record<'note' | 'call' | 'meeting' | 'email-in' | 'email-out' | 'task', readonly [TouchText, ...TouchText[]]>>>
> = {
  ja: {
    note: [
      { title: '', body: '定例の議事録を共有済み。次回は利用状況の振り返り。' },
      { title: '', body: '<p>新任の担当者に<b>操作説明</b>の案内を送付。</p>' },
    ],
    call: [
      { title: '近況の確認', body: '利用は順調。帳票の要望を聞いた。' },
      { title: '利用状況の確認', body: '繁忙期のため入力が遅れているとのこと。' },
    ],
    meeting: [
      { title: '定例会', body: '目標に対する進み具合を確認。' },
      { title: '四半期の振り返り', body: '次の四半期の取り組みを決めた。' },
    ],
    'email-in': [
      { title: 'Re: 定例会の日程', body: '来週火曜の午後でお願いします。' },
      { title: 'Re: ご利用状況について', body: '社内で確認してご連絡します。' },
    ],
    'email-out': [{ title: 'ご利用状況について', body: '今月の利用状況をお送りします。' }],
    task: [
      { title: '活用資料を送る', body: '' },
      { title: '定例の日程を調整する', body: '' },
    ],
  },
  en: {
    note: [
      { title: '', body: 'Shared the minutes. Next time: usage review.' },
      { title: '', body: '<p>Sent the <b>admin guide</b> to the new coordinator.</p>' },
    ],
    call: [{ title: 'Check-in', body: 'All fine, asked for a report column.' }],
    meeting: [
      { title: 'Monthly meeting', body: 'Went through the goals.' },
      { title: 'Quarterly review', body: 'Agreed on the next quarter.' },
    ],
    'email-in': [{ title: 'Re: next meeting', body: 'Tuesday afternoon works for us.' }],
    'email-out': [{ title: 'Your usage this month', body: 'Please find this month’s figures below.' }],
    task: [{ title: 'Send the adoption guide', body: '' }],
  },
};
export const touchText = (random: Random, language: Language, kind: keyof (typeof TOUCHES)['ja']): TouchText =>
  random.pick(TOUCHES[language][kind]);
