import type { Message } from './message.ts';

/** The load of the team, and hand-overs. */
export const teamMessages = {
  'team.command': {
    en: 'the load of each success manager, and the accounts of those who have left',
    ja: '担当者ごとの担当量と、退職者からの引き継ぎ一覧',
  },
  'team.option.leaving': {
    en: 'the hand-over list of this owner: an e-mail address or an owner id',
    ja: 'この担当者の引き継ぎ一覧（メールアドレスまたは担当者ID）',
  },
  'team.option.team': { en: 'only this team', ja: 'このチームだけ' },
  'team.title': { en: 'Load of the team as of {day}', ja: 'チームの担当量 {day}時点' },
  'team.column.owner': { en: 'Owner', ja: '担当者' },
  'team.column.team': { en: 'Team', ja: 'チーム' },
  'team.column.accounts': { en: 'Accounts', ja: '社数' },
  'team.column.mrr': { en: 'MRR', ja: 'MRR' },
  'team.column.at_risk': { en: 'MRR at risk', ja: '想定損失MRR' },
  'team.column.risky': { en: 'High or critical', ja: '高リスク以上' },
  'team.column.overdue': { en: 'Overdue tasks', ja: '期限超過タスク' },
  'team.column.actions': { en: 'Actions in 7 d', ja: '7日間の対応' },
  'team.column.account': { en: 'Account', ja: '会社' },
  'team.column.risk': { en: 'Risk', ja: 'リスク' },
  'team.column.renewal': { en: 'Renewal', ja: '更新日' },
  'team.column.touch': { en: 'Last contact', ja: '最終接触' },
  'team.chart': { en: 'MRR by owner, with what is at risk', ja: '担当者別のMRRと想定損失' },
  'team.chart.rest': { en: 'the rest of the MRR', ja: '残りのMRR' },
  'team.none': { en: 'Nobody has an account.', ja: '顧客を担当している人はいません。' },
  'team.nobody': { en: 'nobody', ja: '担当者なし' },
  'team.gone': { en: '{name} (left)', ja: '{name}（退職）' },
  'team.handover': { en: 'To be handed over, the highest risk first', ja: '引き継ぎが必要な顧客（リスクの高い順）' },
  'team.handover_none': { en: 'Nothing is to be handed over.', ja: '引き継ぎが必要な顧客はありません。' },
} as const satisfies Record<string, Message>;
