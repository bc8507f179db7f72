import type { Message } from './message.ts';

/** What the words of a report mean, for whoever holds the file without the docs. A few sentences each, as docs/metrics.md has them. */
export const termMessages = {
  'terms.mrr': {
    en: 'MRR: monthly recurring revenue. A month counts in full, in the time zone of the portal. ARR: MRR × 12.',
    ja: 'MRR: 月次の経常収益。月はポータルのタイムゾーンの暦月で、当月も1か月分として数えます。ARR: MRR × 12。',
  },
  'terms.moves': {
    en: 'New: first month ever with MRR. Reactivation: MRR again after a month at 0. Expansion, contraction: more or less than in the month before. Churn: MRR fell to 0. End = start + new + expansion + reactivation − contraction − churn.',
    ja: '新規: 初めてMRRが生じた月の額。再開: 一度0になった後に戻った額。拡大・縮小: 前月からの増減額。解約: 0になった額。期末 = 期首 + 新規 + 拡大 + 再開 − 縮小 − 解約。',
  },
  'terms.drivers': {
    en: 'What moved it: MRR in the last month less MRR in the month before the first, cut by product or account; the parts add up to the change.',
    ja: '増減の内訳: 対象期間の前月と最終月のMRRの差を、製品別・会社別に分けたもの。合計は全体の増減と一致します。',
  },
  'terms.logo': {
    en: 'Logo churn: customers whose MRR fell to 0 ÷ customers with MRR at the start.',
    ja: '解約率（社数）: MRRが0になった顧客数 ÷ 期首にMRRがあった顧客数。',
  },
  'terms.mrr_churn': {
    en: 'Gross MRR churn: (churn + contraction) ÷ MRR at the start. Net: (churn + contraction − expansion − reactivation) ÷ MRR at the start.',
    ja: 'グロス解約率: （解約 + 縮小）÷ 期首MRR。ネット解約率: （解約 + 縮小 − 拡大 − 再開）÷ 期首MRR。負の値は純増を表します。',
  },
  'terms.retention': {
    en: 'GRR: what is left of the MRR at the start, growth not counted (never above 100%). NRR: the MRR of the same customers now, growth counted. New and reactivated customers are in neither.',
    ja: 'GRR: 期首にいた顧客のMRRのうち、拡大を除いて残った割合（100%を超えません）。NRR: 同じ顧客の現在のMRRの割合（拡大を含む）。新規と再開の顧客は含みません。',
  },
  'terms.trailing': {
    en: 'Last twelve months: the same formulas between the month twelve months ago and the last one, over the customers there were then.',
    ja: '直近12か月: 12か月前の月と最終月の2時点を、当時の顧客について同じ式で比べた値です。',
  },
  'terms.segments': {
    en: 'Segments: over the whole span, customers with MRR in the month before it. Plan, product and tier are those of then; industry, size, owner and team those of today.',
    ja: 'セグメント別: 対象期間の前月にMRRがあった顧客を、期間全体で比べています。プラン・製品・タッチ区分は当時、業種・規模・担当者・チームは現在の値です。',
  },
  'terms.cohort': {
    en: 'Cohort: the customers whose first month with MRR it is; column 0 is that month. The oldest cohort also holds everybody who was a customer before the records begin.',
    ja: 'コホート: 初めてMRRが生じた月が同じ顧客の集まり。列の数字は経過月数で、0が初月です。最も古いコホートには、記録の開始より前からの顧客も含まれます。',
  },
  'terms.cohort_rates': {
    en: 'Customers: share that still has MRR. Net: MRR now ÷ MRR of the first month. Gross: the lowest MRR so far of each customer ÷ MRR of the first month.',
    ja: '継続率: MRRがある顧客の割合。拡大を含む: 現在のMRR ÷ 初月MRR。拡大を除く: 顧客ごとの最低MRRの合計 ÷ 初月MRR。',
  },
  'terms.plan': {
    en: "Plan: that of a customer's largest MRR in the month; where no record names one, the company's own.",
    ja: 'プラン: その月に最もMRRの大きい契約のプラン。記録にプランがなければ会社のプラン。',
  },
  'terms.whitespace': {
    en: 'Whitespace: a product that at least a third of the customers of the same plan or size have and this one has not.',
    ja: '提案余地: 同じプランまたは同じ従業員規模の顧客の3分の1以上が使っていて、その顧客が使っていない製品。',
  },
  'terms.at_risk': {
    en: 'MRR at risk: MRR × probability of churn within 90 days, added up. At high risk: accounts in the bands high and critical.',
    ja: '想定損失MRR: MRR × 90日以内の解約確率の合計。高リスク以上: リスク区分が「高」「緊急」の社数。',
  },
  'terms.load': {
    en: 'Overdue tasks: open HubSpot tasks past their day. Actions in 7 days: notes, calls, meetings and e-mails of the owner to these accounts.',
    ja: '期限超過タスク: 期限を過ぎた未完了のHubSpotタスク。7日間の対応: 直近7日に担当者が記録したメモ・電話・ミーティング・送信メールの数。',
  },
} as const satisfies Record<string, Message>;
