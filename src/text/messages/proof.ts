import type { Message } from './message.ts';

/** Proof of action: experiments and the save ledger. `proof.kpi.<id>` names a KPI with its unit. */
export const proofMessages = {
  'proof.command.experiment': {
    en: 'target and control groups, KPIs before and after: new, list, show',
    ja: '対象群と対照群の実施前後のKPI比較: new、list、show',
  },
  'proof.option.target': {
    en: 'an account of the target group, or FILTER=VALUE for all that match (repeatable)',
    ja: '対象群の会社、または フィルター=値 に合うすべて（繰り返し可）',
  },
  'proof.option.control': {
    en: 'an account of the control group, or FILTER=VALUE for all that match (repeatable)',
    ja: '対照群の会社、または フィルター=値 に合うすべて（繰り返し可）',
  },
  'proof.option.target_file': { en: 'a file with one account a line; - is standard input', ja: '1行に1社を書いたファイル（- は標準入力）' },
  'proof.option.control_file': { en: 'the same for the control group', ja: '対照群についての同じファイル' },
  'proof.option.rest': { en: 'the control group is every other account', ja: '対象群以外のすべてを対照群にする' },
  'proof.option.draw': {
    en: 'draws so many accounts for each group; all: halves the whole set',
    ja: '各群に指定数を無作為に割り当てる（all: 全体を半分ずつ）',
  },
  'proof.option.seed': { en: 'the same seed draws the same groups', ja: '同じ乱数シードなら同じ群になる' },
  'proof.option.from': { en: 'first day (default: today)', ja: '開始日（既定: 今日）' },
  'proof.option.to': { en: 'last day (default: 90 days in all)', ja: '終了日（既定: 開始日を含め90日間）' },

  'proof.usage.new': {
    en: 'name the experiment and its groups, e.g. kizashi experiment new "Onboarding calls" --segment SMB --draw all',
    ja: '実験名と群を指定してください。例: kizashi experiment new "導入支援コール" --segment SMB --draw all',
  },
  'proof.usage.show': {
    en: 'name the experiment: kizashi experiment show NAME. There are: {names}',
    ja: '実験名を指定してください: kizashi experiment show 実験名。登録済み: {names}',
  },
  'proof.error.long_name': { en: 'the name has more than {limit} characters', ja: '実験名は{limit}文字までです' },
  'proof.error.taken': {
    en: "there is an experiment '{name}' already; experiments are never changed",
    ja: '「{name}」はすでにあります。実験はあとから変更できません',
  },
  'proof.error.draw_or_choose': {
    en: '--draw makes both groups by itself: leave out --target, --control and --rest',
    ja: '--draw は両方の群を決めます。--target、--control、--rest は併用できません',
  },
  'proof.error.rest_or_control': {
    en: '--rest is the control group: leave out --control',
    ja: '--rest が対照群になります。--control は併用できません',
  },
  'proof.error.bad_draw': { en: "'{value}' is not a number of accounts, nor all", ja: '「{value}」は会社数でも all でもありません' },
  'proof.error.bad_filter': {
    en: "'{value}': a group can be taken by {allowed}",
    ja: '「{value}」: 群に使えるフィルターは {allowed} です',
  },
  'proof.error.no_file': { en: '{file} could not be read ({message})', ja: '{file} を読めません（{message}）' },
  'proof.error.before': {
    en: 'the groups must be fixed on the first day or before it. For a past start use --as-of {day}, which takes the book of that day',
    ja: '群は開始日までに決めておく必要があります。過去の開始日には --as-of {day} を使ってください（その日時点の一覧から選びます）',
  },
  'proof.error.short': {
    en: 'an experiment takes {n} days at least, for use is read over four weeks',
    ja: '利用状況を4週間で見るため、期間は{n}日以上にしてください',
  },
  'proof.error.both': { en: 'in both groups: {names}', ja: '両方の群に入っています: {names}' },
  'proof.error.small': {
    en: 'too few accounts: {target} in the target group and {control} in the control group, where {least} each is the least',
    ja: '会社数が足りません。対象群{target}社、対照群{control}社（各群{least}社以上必要）',
  },
  'proof.error.none': {
    en: "there is no experiment '{name}'. There are: {names}",
    ja: '「{name}」という実験はありません。登録済み: {names}',
  },

  'proof.new.kept': {
    en: "'{name}' runs from {from} to {to}: {target} accounts in the target group, {control} in the control group",
    ja: '「{name}」を登録しました。期間 {from}〜{to}、対象群{target}社、対照群{control}社',
  },
  'proof.new.seed': { en: 'drawn with the seed {seed}, tier by tier', ja: '乱数シード{seed}で、タッチ区分ごとに割り当てました' },
  'proof.list.none': { en: 'no experiments yet', ja: '実験はまだありません' },
  'proof.state.planned': { en: 'planned', ja: '開始前' },
  'proof.state.running': { en: 'running', ja: '実施中' },
  'proof.state.ended': { en: 'ended', ja: '終了' },

  'proof.column.name': { en: 'Name', ja: '実験名' },
  'proof.column.from': { en: 'From', ja: '開始' },
  'proof.column.to': { en: 'To', ja: '終了' },
  'proof.column.state': { en: 'State', ja: '状態' },
  'proof.column.target': { en: 'Target', ja: '対象群' },
  'proof.column.control': { en: 'Control', ja: '対照群' },
  'proof.column.kpi': { en: 'KPI', ja: 'KPI' },
  'proof.column.effect': { en: 'Effect', ja: '効果' },
  'proof.column.interval': { en: '95 % interval', ja: '95%信頼区間' },
  'proof.column.finding': { en: 'Finding', ja: '判定' },
  'proof.kpi.mrr': { en: 'MRR per account', ja: '1社あたりMRR' },
  'proof.kpi.churn': { en: 'share that left', ja: '解約率' },
  'proof.kpi.risk': { en: 'risk', ja: 'リスク' },
  'proof.kpi.logins': { en: 'logins a week', ja: '週あたりログイン' },
  'proof.kpi.activeUsers': { en: 'active users', ja: 'アクティブユーザー' },
  'proof.kpi.adoption': { en: 'adoption', ja: '機能利用率' },
  'proof.kpi.tickets': { en: 'tickets in 30 days', ja: '30日あたりチケット' },
  'proof.kpi.touches': { en: 'two-way contacts in 30 days', ja: '30日あたり双方向の接触' },
  'proof.finding.improved': { en: 'improved', ja: '改善' },
  'proof.finding.worse': { en: 'worse', ja: '悪化' },
  'proof.finding.unclear': { en: 'no clear difference', ja: '差は誤差の範囲' },
  'proof.finding.unknown': { en: 'cannot be told', ja: '判定できません' },

  'proof.show.title': { en: 'Experiment: {name}', ja: '実験: {name}' },
  'proof.show.span': {
    en: '{from} to {to} ({state}), as of {day}. Target group {target} accounts, control group {control}.',
    ja: '{from}〜{to}（{state}）、{day}時点。対象群{target}社、対照群{control}社。',
  },
  'proof.show.windows': {
    en: 'Compared: {beforeFirst} to {beforeLast} with {afterFirst} to {afterLast}.',
    ja: '比較: {beforeFirst}〜{beforeLast} と {afterFirst}〜{afterLast}',
  },
  'proof.show.planned': { en: 'It has not begun: there is nothing to compare yet.', ja: 'まだ始まっていないため、比較できません。' },
  'proof.show.running': { en: 'It is still running: the figures will change.', ja: '実施中のため、数値は変わります。' },
  'proof.show.drawn': {
    en: 'The groups were drawn at random among {n} accounts (seed {seed}), tier by tier.',
    ja: '{n}社からタッチ区分ごとに無作為に割り当てました（乱数シード{seed}）。',
  },
  'proof.show.chosen': {
    en: 'The groups were chosen, not drawn: they may have differed beforehand in ways that no figure here takes out.',
    ja: '群は無作為ではなく選んで決めたものです。もともとの違いが結果に混ざっている可能性があります。',
  },
  'proof.show.afterwards': {
    en: 'The groups were made on {day}, after the start, from the book as it stood on the start day.',
    ja: '群は開始後の{day}に、開始日時点の一覧から決めたものです。',
  },
  'proof.show.small': {
    en: 'A group has fewer than {n} accounts: only a large effect would show.',
    ja: '{n}社に満たない群があります。大きな効果しか検出できません。',
  },
  'proof.show.also_in': {
    en: {
      one: "{n} account is also in '{name}' on some of these days: what was done there shows here too.",
      other: "{n} accounts are also in '{name}' on some of these days: what was done there shows here too.",
    },
    ja: '{n}社は同じ期間の「{name}」にも入っており、その影響がここにも表れます。',
  },
  'proof.show.left': {
    en: 'Left since: {target} in the target group, {control} in the control group. They count with MRR 0, no use and risk 100.',
    ja: '期間中の解約: 対象群{target}社、対照群{control}社。MRR 0、利用なし、リスク100として数えています。',
  },
  'proof.show.missing': {
    en: { one: '{n} account is no longer in HubSpot, and unknown.', other: '{n} accounts are no longer in HubSpot, and unknown.' },
    ja: '{n}社はHubSpotに残っておらず、不明として扱っています。',
  },
  'proof.show.foreign': {
    en: { one: '{n} account in another currency is left out of MRR.', other: '{n} accounts in other currencies are left out of MRR.' },
    ja: '通貨の異なる{n}社はMRRから除いています。',
  },
  'proof.show.not_improved': { en: 'Did not improve', ja: '改善しなかったKPI' },
  'proof.show.all_improved': { en: 'every KPI improved', ja: 'すべてのKPIが改善しました' },
  'proof.show.plan': {
    en: 'These are where the next plan belongs.',
    ja: '次の打ち手を考えるべき項目です。',
  },
  'proof.show.not_improved_yet': { en: 'Not improved so far', ja: '現時点で改善していないKPI' },
  'proof.show.points': { en: '{n} pt', ja: '{n}pt' },
  'proof.show.method': {
    en: 'Effect = change of the target group − change of the control group, with Welch’s 95 % interval over the changes of the accounts. Where nothing has any effect, one KPI in twenty still looks changed by chance; {n} are shown.',
    ja: '効果 = 対象群の変化 − 対照群の変化。区間は会社ごとの変化に対するウェルチの95%信頼区間です。実際には効果がなくても、20個に1個のKPIは偶然「変化あり」になります（表示は{n}個）。',
  },

  'proof.command.ledger': {
    en: 'what was done on which signal, and the MRR 30, 60 and 90 days later',
    ja: 'どのシグナルに対して何をしたか、30・60・90日後のMRRとともに',
  },
  'proof.option.ledger_since': { en: 'actions of this day and later', ja: 'この日以降の対応だけ' },
  'proof.option.ledger_limit': { en: 'so many actions at most in the list (default 20)', ja: '一覧に出す対応の件数（既定20件）' },
  'proof.ledger.title': { en: 'Save ledger as of {day}', ja: '対応記録 {day}時点' },
  'proof.ledger.none': {
    en: 'Nothing has been done from here yet. Notes and tasks that you write are kept here with the signal that stood highest then.',
    ja: 'まだ対応がありません。記録したメモやタスクは、その時点で最も強かったシグナルとともにここに残ります。',
  },
  'proof.ledger.caution': {
    en: 'This says what happened after an action, not because of it: accounts were not picked at random. Only an experiment with a drawn control group can tell.',
    ja: 'これは対応の「あとに」起きたことで、対応の「おかげで」起きたことではありません。対応する会社は無作為に選ばれていないためです。効果を確かめるには、無作為の対照群を置いた実験が必要です。',
  },
  'proof.ledger.all': {
    en: {
      one: 'Acted on {n} account paying {mrr}.',
      other: 'Acted on {n} accounts paying {mrr}.',
    },
    ja: '対応した{n}社、当時のMRR {mrr}。',
  },
  'proof.ledger.later': {
    en: {
      one: '{days} days later: {mrr} of {before} ({percent}), {n} account',
      other: '{days} days later: {mrr} of {before} ({percent}), {n} accounts',
    },
    ja: '{days}日後: {before}に対し{mrr}（{percent}）、{n}社',
  },
  'proof.ledger.later_unknown': { en: '{days} days later: not known yet', ja: '{days}日後: まだ分かりません' },
  'proof.ledger.signals': { en: 'By the signal that stood highest', ja: '最も強かったシグナル別' },
  'proof.ledger.read': {
    en: 'MRR later ÷ MRR then, with the accounts that it is known of. "Left alone" is accounts on which the same signal stood highest in the same months and nobody logged anything.',
    ja: '後のMRR ÷ 当時のMRR（括弧内は値が分かる会社数）。「対応なし」は、同じ月に同じシグナルが最も強く、何の記録もなかった会社です。',
  },
  'proof.ledger.actions': {
    en: { one: 'The last action', other: 'The last {n} actions' },
    ja: '直近の対応{n}件',
  },
  'proof.ledger.column.signal': { en: 'Signal', ja: 'シグナル' },
  'proof.ledger.column.group': { en: 'Accounts', ja: '区分' },
  'proof.ledger.column.accounts': { en: 'n', ja: '社数' },
  'proof.ledger.column.mrr': { en: 'MRR then', ja: '当時のMRR' },
  'proof.ledger.column.later': { en: '+{n} d', ja: '{n}日後' },
  'proof.ledger.column.day': { en: 'Day', ja: '日付' },
  'proof.ledger.column.kind': { en: 'What', ja: '対応' },
  'proof.ledger.column.account': { en: 'Account', ja: '会社' },
  'proof.ledger.column.risk': { en: 'Risk', ja: 'リスク' },
  'proof.ledger.acted': { en: 'acted on', ja: '対応あり' },
  'proof.ledger.alone': { en: 'left alone', ja: '対応なし' },
  'proof.ledger.team': { en: '{kind} (team)', ja: '{kind}（チーム）' },
  'proof.kind.note': { en: 'note', ja: 'メモ' },
  'proof.kind.task': { en: 'task', ja: 'タスク' },
  'proof.kind.call': { en: 'call', ja: '電話' },
  'proof.kind.meeting': { en: 'meeting', ja: '会議' },
  'proof.kind.email': { en: 'e-mail', ja: 'メール' },
  'proof.ledger.no_signal': { en: 'no signal', ja: 'シグナルなし' },
} as const satisfies Record<string, Message>;
