/** Texts that an activity begins with, as they ship, and one of them filled with an account's facts. Pure. */
import type { Policy, TaskStep, Template, TemplateKind } from '../policy.ts';
import { searchKey } from '../text/search.ts';
import type { Day } from '../units/day.ts';
import { parseSpan, resolveSpan } from './due.ts';
import { FACT_NAMES, FACTS, type FactName, type Facts } from './facts.ts';
import { both } from './steps.ts';
import { render } from './template.ts';

type Pair = readonly [en: string, ja: string];

const template = (
  id: string,
  kind: TemplateKind,
  label: Pair,
  subject: Pair | null,
  text: Pair | null,
  task: Template['task'],
): Template => ({
  id,
  kind,
  label: both(...label),
  subject: subject && both(...subject),
  text: text && both(...text),
  task,
});

const note = (id: string, label: Pair, text: Pair): Template => template(id, 'note', label, null, text, null);
const task = (
  id: string,
  label: Pair,
  subject: Pair,
  text: Pair | null,
  due: string,
  type: TaskStep['type'] = 'todo',
  priority: TaskStep['priority'] = 'medium',
): Template => template(id, 'task', label, subject, text, { due, priority, type });
const call = (id: string, label: Pair, subject: Pair, text: Pair): Template => template(id, 'call', label, subject, text, null);
const meeting = (id: string, label: Pair, subject: Pair, text: Pair): Template => template(id, 'meeting', label, subject, text, null);
const email = (id: string, label: Pair, subject: Pair, text: Pair): Template => template(id, 'email', label, subject, text, null);

/** Tasks first: they are picked most. The order is the pickers', so that a letter stays what it was. */
export const TEMPLATES: readonly Template[] = [
  task(
    'usage-follow-up',
    ['Follow up on falling use', '利用低下のフォロー'],
    ['Follow up on use at {account}', '{account}の利用低下をフォロー'],
    [
      'Risk {risk}: {reasons}. Offer the two or three steps that help most.',
      'リスク{risk}（{reasons}）。効果の大きい使い方を2、3点提案する',
    ],
    '2bd',
    'call',
  ),
  task(
    'support-check',
    ['Is it solved?', '問い合わせの解決確認'],
    ['Ask {account} whether it is solved', '{account}に問い合わせが解決したか確認'],
    ['From the customer’s side: what is left open?', 'お客様から見て残っている点がないか聞く'],
    '1bd',
    'call',
    'high',
  ),
  task(
    'price-review',
    ['Value and price', '価格と価値の整理'],
    ['Value and price for {account}: {mrr} a month', '{account}の価格と価値を整理（月額{mrr}）'],
    ['Plan {plan}. What it brings, and which plan or term would fit.', 'プラン{plan}。得られている効果と、合うプランや契約期間をまとめる'],
    '3bd',
  ),
  task(
    'feature-answer',
    ['Answer a feature request', '機能要望への回答'],
    ['Answer the feature request of {account}', '{account}の機能要望に回答'],
    null,
    '5bd',
    'email',
  ),
  task(
    'competitor-answer',
    ['Answer a comparison', '競合との比較への回答'],
    ['Show {account} what sets us apart', '{account}に他社との違いを説明'],
    [
      'What they compare, what they use today ({products}), and what a change would cost them.',
      '比較の観点、今お使いの{products}、乗り換えにかかる手間をまとめる',
    ],
    '2bd',
    'call',
    'high',
  ),
  task(
    'renewal-prep',
    ['Prepare the renewal', '更新の準備'],
    ['Prepare the renewal of {account}', '{account}の更新を準備'],
    ['Renewal on {renewal}, notice by {notice_by}, {mrr} a month.', '更新日{renewal}、解約通知期限{notice_by}、月額{mrr}'],
    'renewal-60d',
  ),
  task(
    'onboarding-check',
    ['Where does onboarding stand?', '導入の進み具合の確認'],
    ['Where does onboarding stand at {account}?', '{account}の導入の進み具合を確認'],
    null,
    '3bd',
    'call',
  ),
  task(
    'champion-search',
    ['Find a champion', '推進者を探す'],
    ['Find who drives it at {account}', '{account}で推進役になる方を探す'],
    null,
    '5bd',
  ),
  task(
    'cross-sell-idea',
    ['Propose another product', '追加製品の提案'],
    ['Which product fits {account} next?', '{account}に次に合う製品を検討'],
    ['Uses {products}, {mrr} a month.', '{products}を利用、月額{mrr}'],
    '1w',
  ),
  note(
    'talk',
    ['Notes of a talk', '打ち合わせの記録'],
    [
      'Present: {contact}, {me}\nWhat they want to reach:\nWhat works:\nWhat does not:\nAgreed, by when and by whom:',
      '参加者: {contact}様、{me}\n目指していること:\nうまくいっている点:\n困っている点:\n決定事項（期限・担当）:',
    ],
  ),
  note(
    'state',
    ['Where the account stands', '現状のまとめ'],
    [
      '{today}: risk {risk} ({band}). {reasons}\nMy own view:\nNext step:',
      '{today}時点: リスク{risk}（{band}）。{reasons}\n担当者の見立て:\n次の一手:',
    ],
  ),
  note(
    'voice',
    ['Voice of the customer', 'お客様の声'],
    [
      'In their own words:\nAbout which product or feature:\nHow much it matters to them:',
      'ご意見（言葉のまま）:\n対象の製品・機能:\nお客様にとっての重要度:',
    ],
  ),
  call(
    'no-answer',
    ['Nobody answered', '不在'],
    ['No answer at {account}', '{account} 不在'],
    ['Nobody answered. Next attempt:', '応答なし。次にかける日時:'],
  ),
  call(
    'check-in',
    ['Check-in call', '定期の電話'],
    ['Check-in with {account}', '{account}に定期の電話'],
    ['How they use it:\nWhat is open:\nAgreed:', '利用状況:\n残っている課題:\n決定事項:'],
  ),
  meeting(
    'qbr',
    ['Quarterly review', '四半期レビュー'],
    ['Quarterly review with {account}', '{account}様 四半期レビュー'],
    [
      '1. Goals and what was reached\n2. Use and value\n3. Open points\n4. Goals of the next quarter',
      '1. 目標と成果\n2. 利用状況と効果\n3. 課題\n4. 次の四半期の目標',
    ],
  ),
  meeting(
    'kickoff',
    ['Kick-off', 'キックオフ'],
    ['Kick-off with {account}', '{account}様 キックオフ'],
    [
      '1. What success looks like\n2. People and roles\n3. Schedule up to the first value\n4. How we keep in touch',
      '1. 成功の姿\n2. 体制と役割\n3. 最初の成果までの日程\n4. 連絡の取り方',
    ],
  ),
  email(
    'usage-tips',
    ['Tips for use', '活用のご案内'],
    ['Tips for {account}', '{account}様 活用のご案内'],
    [
      'Hello {contact},\n\nhere is what other teams on {plan} begin with:\n\n{me}',
      '{contact}様\n\nいつもお世話になっております。{me}です。\n{plan}をお使いの皆様がまず取り組まれている使い方をご案内します。\n\n{me}',
    ],
  ),
  email(
    'renewal-notice',
    ['The renewal comes near', '更新のご案内'],
    ['Your renewal on {renewal}', '{renewal}のご契約更新について'],
    [
      'Hello {contact},\n\nyour contract renews on {renewal}. May we talk about what the next year should bring?\n\n{me}',
      '{contact}様\n\nいつもお世話になっております。{me}です。\nご契約の更新日（{renewal}）が近づいてまいりました。次の1年で実現したいことを伺う機会をいただけますと幸いです。\n\n{me}',
    ],
  ),
];

/** Everything that can be picked: what ships, with the team's own in its place or behind it. */
export function templatesOf({ templates }: Pick<Policy, 'templates'>): readonly Template[] {
  if (templates.length === 0) return TEMPLATES;
  const own = new Map(templates.map((one) => [one.id, one]));
  return [...TEMPLATES.map((one) => own.get(one.id) ?? one), ...templates.filter(({ id }) => !TEMPLATES.some((one) => one.id === id))];
}

/** By id, with or without `custom.`, or by its name in either language. */
export function templateNamed(templates: readonly Template[], word: string): Template | null {
  const key = searchKey(word.trim());
  return (
    templates.find(({ id }) => id === word.trim() || id === `custom.${word.trim()}`) ??
    templates.find(({ label }) => searchKey(label.en) === key || searchKey(label.ja) === key) ??
    null
  );
}

export interface Filled {
  readonly subject: string;
  readonly text: string;
  /** Of a task. */
  readonly due: Day | null;
  /** Asked for and known to nobody: they stand in the texts as `[renewal date?]`. */
  readonly missing: readonly FactName[];
}

export interface FillInput {
  readonly facts: Facts;
  readonly lang: 'en' | 'ja';
  readonly today: Day;
  readonly renewal: Day | null;
}

export function filled({ subject, text, task: its }: Template, { facts, lang, today, renewal }: FillInput): Filled {
  const [above, below] = [render(subject?.[lang] ?? '', facts, lang), render(text?.[lang] ?? '', facts, lang)];
  const span = its && parseSpan(its.due);
  return {
    subject: above.text,
    text: below.text,
    due: span && resolveSpan(span, today, renewal),
    missing: [...new Set([...above.missing, ...below.missing])],
  };
}

/** Facts whose mark still stands in a text that came from a template. */
export const openFacts = (text: string, lang: 'en' | 'ja'): readonly FactName[] =>
  FACT_NAMES.filter((name) => text.includes(`[${FACTS[name][lang]}?]`));
