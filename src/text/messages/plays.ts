import type { Message } from './message.ts';

/** Playbooks: running one, its steps, what is missing, how far it is. */
export const playsMessages = {
  'plays.command.play': {
    en: 'runs a play on an account: its notes and tasks as one',
    ja: '顧客にプレイを実行する（メモとタスクをまとめて登録）',
  },
  'plays.option.answer': {
    en: 'answer to a question of the play, or a fact that is missing',
    ja: 'プレイの質問、または不足している項目への回答',
  },
  'plays.option.skip': { en: 'leaves a step out', ja: '手順を1つ省く' },
  'plays.option.list': { en: 'lists the plays; * marks the one that is proposed', ja: 'プレイの一覧（*は提案中のもの）' },
  'plays.draft': { en: 'E-mail draft to {to}; it is not sent:', ja: 'メールの下書き（宛先 {to}。送信はされません）:' },
  'plays.error.no_proposal': {
    en: 'nothing speaks for a play on {name}; name one: {ids}',
    ja: '{name}に提案できるプレイはありません。次から指定してください: {ids}',
  },
  'plays.error.unknown': { en: 'there is no play "{play}"; there are {ids}', ja: 'プレイ「{play}」はありません。使えるのは {ids} です' },
  'plays.error.unknown_near': {
    en: 'there is no play "{play}"; did you mean {near}?',
    ja: 'プレイ「{play}」はありません。{near} の間違いではありませんか',
  },
  'plays.error.answer': {
    en: '--answer {value}: ID=TEXT is expected, with one of {ids}',
    ja: '--answer {value}: ID=回答 の形で指定してください。IDは {ids} のどれかです',
  },
  'plays.error.step': {
    en: '--skip {step}: the play {play} has no such step; it has {ids}',
    ja: '--skip {step}: プレイ {play} にその手順はありません。あるのは {ids} です',
  },
  'plays.error.problem': {
    en: 'play {play}, step {step}: {what}. Nothing was queued; --skip {step} leaves the step out',
    ja: 'プレイ {play} の手順 {step}: {what}。何も登録していません。--skip {step} でこの手順を省けます',
  },
  'plays.error.missing': {
    en: 'nobody knows: {facts}. Nothing was queued; say it with {options}',
    ja: '不明な項目があります: {facts}。何も登録していません。{options} で指定してください',
  },
  'plays.error.nothing': { en: 'the play has no step left to write', ja: '書き込む手順が残っていません' },
  'plays.problem.assignee': { en: 'the portal has no user {value}', ja: 'ポータルに {value} というユーザーはいません' },
  'plays.problem.due': { en: '"{value}" is no day', ja: '「{value}」は日付として読めません' },
  'plays.problem.unknown': { en: 'companies have no property {value}', ja: '会社に {value} というプロパティはありません' },
  'plays.problem.read_only': {
    en: 'HubSpot works the property {value} out itself',
    ja: 'プロパティ {value} はHubSpotが自動計算するため変更できません',
  },
  'plays.problem.not_an_option': { en: 'the property {value} does not take that value', ja: 'プロパティ {value} の選択肢にない値です' },
  'plays.overdue': { en: 'overdue since {day}: {step}', ja: '{day}から期限超過: {step}' },
  'plays.overdue_short': { en: 'play overdue {day}', ja: 'プレイ期限超過 {day}' },
  'plays.title': { en: 'Plays', ja: 'プレイ' },
  'plays.progress': { en: '{label}  {done} of {total} steps', ja: '{label}  {total}手順中{done}完了' },
  'plays.state.open': { en: 'open', ja: '未完了' },
  'plays.state.done': { en: 'done', ja: '完了' },
  'plays.state.overdue': { en: 'overdue', ja: '期限超過' },
  'plays.state.waiting': { en: 'waiting to be sent', ja: '送信待ち' },
  'plays.state.needs_you': { en: 'needs you', ja: '要対応' },
} as const satisfies Record<string, Message>;
