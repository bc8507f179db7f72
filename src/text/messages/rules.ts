import type { Message } from './message.ts';

/**
 * The policy: what is wrong with its file, what a rule did, what a change would do.
 * `rules.problem.<kind>` takes `path`; `rules.expected.<types>` names the types of a shape.
 */
export const rulesMessages = {
  'rules.problem.syntax': { en: 'this is not YAML: {message}', ja: 'YAMLとして読めません: {message}' },
  'rules.problem.newer': {
    en: 'version {version} is newer than this kizashi knows ({newest}). Update kizashi',
    ja: 'バージョン{version}はこのkizashi（{newest}まで）より新しいものです。kizashiを更新してください',
  },
  'rules.problem.type': { en: '{path}: {expected} is expected here', ja: '{path}: {expected}を指定してください' },
  'rules.problem.not_among': {
    en: '{path}: "{value}" is none of {allowed}',
    ja: '{path}: 「{value}」は使えません。使えるのは {allowed} です',
  },
  'rules.problem.not_among_near': {
    en: '{path}: "{value}" is not known; did you mean {near}?',
    ja: '{path}: 「{value}」はありません。{near} の間違いではありませんか',
  },
  'rules.problem.too_small': {
    en: '{path}: {value} is too small; {least} or more is expected',
    ja: '{path}: {value}は小さすぎます。{least}以上にしてください',
  },
  'rules.problem.not_above': {
    en: '{path}: {value} is too small; more than {edge} is expected',
    ja: '{path}: {value}は小さすぎます。{edge}より大きくしてください',
  },
  'rules.problem.too_large': {
    en: '{path}: {value} is too large; {most} or less is expected',
    ja: '{path}: {value}は大きすぎます。{most}以下にしてください',
  },
  'rules.problem.empty': { en: '{path}: is empty; something is expected here', ja: '{path}: 空です。値を入れてください' },
  'rules.problem.unknown_play': { en: '{path}: there is no play "{play}"', ja: '{path}: プレイ「{play}」はありません' },
  'rules.problem.unknown_play_near': {
    en: '{path}: there is no play "{play}"; did you mean {near}?',
    ja: '{path}: プレイ「{play}」はありません。{near} の間違いではありませんか',
  },
  'rules.problem.play_id': {
    en: '{path}: no play that ships has this id; one of your own begins with custom., for example custom.vip_care',
    ja: '{path}: 標準のプレイにこのidはありません。独自のものは custom. で始めてください（例: custom.vip_care）',
  },
  'rules.problem.template_id': {
    en: '{path}: there is no template "{template}"; your own begin with custom.',
    ja: '{path}: テンプレート「{template}」はありません。独自のものは custom. で始めてください',
  },
  'rules.problem.unknown_template_near': {
    en: '{path}: there is no template "{template}"; did you mean "{near}"?',
    ja: '{path}: テンプレート「{template}」はありません。「{near}」ではありませんか',
  },
  'rules.problem.template_kind': {
    en: '{path}: the template {template} is one for a {kind}',
    ja: '{path}: テンプレート {template} は {kind} 用です',
  },
  'rules.problem.template_part': { en: '{path}: a {kind} has no {part}', ja: '{path}: {kind} に {part} は指定できません' },
  'rules.problem.step_id': {
    en: '{path}: "{value}" is no name; a-z, 0-9, _ and - are expected',
    ja: '{path}: 「{value}」は使えません。a-z、0-9、_、- で指定してください',
  },
  'rules.problem.step_twice': { en: '{path}: "{value}" stands here twice', ja: '{path}: 「{value}」が2回使われています' },
  'rules.problem.due': {
    en: '{path}: "{value}" is no day; 3bd (business days), 5d, 2w, 1m or renewal-30d is expected',
    ja: '{path}: 「{value}」は期日として読めません。3bd（営業日）、5d、2w、1m、renewal-30d の形で指定してください',
  },
  'rules.problem.after': { en: '{path}: "{value}" is no task of this play', ja: '{path}: 「{value}」はこのプレイのタスクではありません' },
  'rules.problem.circle': {
    en: '{path}: the steps wait for one another in a circle, through "{step}"',
    ja: '{path}: 手順が「{step}」を通って循環しています',
  },
  'rules.problem.assignee': {
    en: '{path}: "{value}" is nobody; me, owner, lead or an e-mail address is expected',
    ja: '{path}: 「{value}」は担当者として読めません。me、owner、lead、メールアドレスのどれかを指定してください',
  },
  'rules.problem.email': {
    en: '{path}: "{value}" is no e-mail address',
    ja: '{path}: 「{value}」はメールアドレスではありません',
  },
  'rules.problem.fact': {
    en: '{path}: there is no fact "{fact}"; there are {allowed}',
    ja: '{path}: 「{fact}」という項目はありません。使えるのは {allowed} です',
  },
  'rules.problem.fact_near': {
    en: '{path}: there is no fact "{fact}"; did you mean {near}?',
    ja: '{path}: 「{fact}」という項目はありません。{near} の間違いではありませんか',
  },
  'rules.problem.brace': {
    en: '{path}: a brace that opens or closes nothing; write it twice to mean the sign itself',
    ja: '{path}: 対応しない波かっこがあります。文字として使う場合は2つ重ねてください',
  },
  'rules.problem.day': {
    en: '{path}: "{value}" is not a day; YYYY-MM-DD is expected',
    ja: '{path}: 「{value}」は日付ではありません。YYYY-MM-DDで指定してください',
  },
  'rules.problem.missing': { en: '{path}: {key} is missing', ja: '{path}: {key} がありません' },
  'rules.problem.one_of': { en: '{path}: exactly one of {keys} is expected', ja: '{path}: {keys} のどれか1つだけを指定してください' },
  'rules.problem.unknown_key': {
    en: '{path}: there is no {key} here; expected is one of {allowed}',
    ja: '{path}: {key} という項目はありません。使えるのは {allowed} です',
  },
  'rules.problem.unknown_key_near': {
    en: '{path}: there is no {key} here; did you mean {near}?',
    ja: '{path}: {key} という項目はありません。{near} の間違いではありませんか',
  },
  'rules.problem.unknown_signal': {
    en: '{path}: there is no signal {signal}; signals of your own begin with custom.',
    ja: '{path}: {signal} というシグナルはありません。独自のものは custom. で始めてください',
  },
  'rules.problem.unknown_signal_near': {
    en: '{path}: there is no signal {signal}; did you mean {near}?',
    ja: '{path}: {signal} というシグナルはありません。{near} の間違いではありませんか',
  },
  'rules.problem.unknown_list': {
    en: '{path}: there is no word list {list}; expected is one of {allowed}',
    ja: '{path}: {list} という単語リストはありません。使えるのは {allowed} です',
  },
  'rules.problem.ramp_zero': {
    en: '{path}: from and to are both {value}; a ramp needs two different values',
    ja: '{path}: from と to がどちらも{value}です。異なる値にしてください',
  },
  'rules.problem.ramp_rises': {
    en: '{path}: from {from} to {to} runs backwards; this signal grows upwards, so from must be below to',
    ja: '{path}: {from}→{to}は逆向きです。このシグナルは値が大きいほど強いので from を to より小さくしてください',
  },
  'rules.problem.ramp_falls': {
    en: '{path}: from {from} to {to} runs backwards; this signal grows downwards, so from must be above to',
    ja: '{path}: {from}→{to}は逆向きです。このシグナルは値が小さいほど強いので from を to より大きくしてください',
  },
  'rules.problem.ramp_of_condition': {
    en: '{path}: a signal with when holds or not; it has no ramp',
    ja: '{path}: when のシグナルは成立か不成立かなので ramp は使えません',
  },
  'rules.problem.bands': {
    en: '{path}: {band} from {edge} overlaps {below} from {belowEdge}; the edges must rise',
    ja: '{path}: {band}（{edge}以上）が {below}（{belowEdge}以上）と重なっています。下限は順に大きくしてください',
  },
  'rules.problem.cut': {
    en: '{path}: {value} is neither an amount above 0 nor a share from 1% to 100%',
    ja: '{path}: {value} は金額（0より大きい数）でも割合（1%〜100%）でもありません',
  },
  'rules.problem.cut_mixed': {
    en: '{path}: {value} stands beside {other}; take amounts or shares, not both',
    ja: '{path}: {value} と {other} が混在しています。金額か割合のどちらかに揃えてください',
  },
  'rules.problem.cut_order': {
    en: '{path}: {value} must reach further down than {name} ({other})',
    ja: '{path}: {value} は {name}（{other}）より下の範囲にしてください',
  },
  'rules.problem.bounds': {
    en: '{path}: a comparison needs above, atLeast, below or atMost',
    ja: '{path}: 比較には above、atLeast、below、atMost のどれかが必要です',
  },
  'rules.problem.too_deep': { en: '{path}: conditions may stand at most {most} deep', ja: '{path}: 条件の入れ子は{most}段までです' },
  'rules.problem.no_user': {
    en: '{path}: the portal has no user {value}; a play with this step is refused',
    ja: '{path}: ポータルに {value} というユーザーがいません。この手順のあるプレイは実行できません',
  },
  'rules.problem.no_property': {
    en: '{path}: companies have no property {value}; a play with this step is refused',
    ja: '{path}: 会社に {value} というプロパティがありません。この手順のあるプレイは実行できません',
  },
  'rules.problem.property_read_only': {
    en: '{path}: HubSpot works {value} out by itself, it cannot be written; a play with this step is refused',
    ja: '{path}: {value} はHubSpotが計算する項目で書き込めません。この手順のあるプレイは実行できません',
  },
  'rules.problem.property_option': {
    en: '{path}: {property} does not take {value}, but {allowed}; a play with this step is refused',
    ja: '{path}: {property} に {value} は設定できません（{allowed}）。この手順のあるプレイは実行できません',
  },
  'rules.problem.unreadable': { en: 'the file cannot be read ({message})', ja: 'ファイルを読めません（{message}）' },
  'rules.expected.object': { en: 'a group of keys', ja: '項目のまとまり' },
  'rules.expected.array': { en: 'a list', ja: 'リスト' },
  'rules.expected.string': { en: 'a text', ja: '文字列' },
  'rules.expected.number': { en: 'a number', ja: '数値' },
  'rules.expected.integer': { en: 'a whole number', ja: '整数' },
  'rules.expected.boolean': { en: 'true or false', ja: 'true か false' },
  'rules.expected.number_string': { en: 'an amount, or a share such as 20%', ja: '金額、または20%のような割合' },
  'rules.expected.string_object': { en: 'a text, or one for each of en and ja', ja: '文字列、または en と ja の文字列' },
  'rules.expected.string_array': { en: 'the name of a list, or a list of words', ja: 'リストの名前、または単語のリスト' },

  'rules.fallback.last_good': {
    en: 'The policy file is wrong; the last good policy stays in force. {problem}',
    ja: 'ポリシーファイルに誤りがあるため、直前の正しいポリシーを使っています。{problem}',
  },
  'rules.fallback.default': {
    en: 'The policy file is wrong; the default policy is in force. {problem}',
    ja: 'ポリシーファイルに誤りがあるため、既定のポリシーを使っています。{problem}',
  },

  'rules.usage.test': { en: 'name an account: kizashi rules test ACCOUNT', ja: '会社を指定してください: kizashi rules test 会社' },
  'rules.usage.what_if': {
    en: 'name a change: kizashi rules what-if signals.usage.last_login.points=20',
    ja: '変更を指定してください: kizashi rules what-if signals.usage.last_login.points=20',
  },
  'rules.list.head': {
    en: { one: 'Rules on {n} account, {day} · policy {policy} · {file}', other: 'Rules on {n} accounts, {day} · policy {policy} · {file}' },
    ja: 'ルール {n}社 {day} · ポリシー {policy} · {file}',
  },
  'rules.list.no_file': { en: 'the default, no policy file', ja: '既定（ポリシーファイルなし）' },
  'rules.list.retired': { en: 'retired: {because}', ja: '停止中: {because}' },
  'rules.column.signal': { en: 'Signal', ja: 'シグナル' },
  'rules.column.points': { en: 'Points', ja: '点' },
  'rules.column.ramp': { en: 'Ramp', ja: '範囲' },
  'rules.column.fired': { en: 'Fired', ja: '該当社' },
  'rules.column.coverage': { en: 'Known', ja: '把握' },
  'rules.column.acted': { en: 'Acted on 30 d', ja: '対応30日' },
  'rules.column.dismissed': { en: 'Dismissed 30 d', ja: '却下30日' },
  'rules.column.changed': { en: 'Changed', ja: '最終変更' },
  'rules.column.review': { en: 'Review', ja: '見直し期限' },
  'rules.column.label': { en: 'Meaning', ja: '意味' },
  'rules.column.value': { en: 'Value', ja: '値' },
  'rules.column.severity': { en: 'Severity', ja: '強さ' },
  'rules.column.state': { en: 'State', ja: '状態' },
  'rules.state.fires': { en: 'fires', ja: '該当' },
  'rules.state.silent': { en: 'does not fire', ja: '非該当' },
  'rules.state.dismissed': { en: 'dismissed', ja: '却下済み' },
  'rules.test.risk': { en: 'risk {risk}', ja: 'リスク {risk}' },
  'rules.lint.right': { en: '{file}: no faults', ja: '{file}: 誤りはありません' },
  'rules.lint.file_only': {
    en: 'The policy file has no faults. Users and properties that plays name were not checked: no portal is connected. That, and what the rules do on accounts, is known after kizashi init and kizashi sync',
    ja: 'ポリシーファイルに誤りはありません。ポータルに接続していないため、プレイの担当者とプロパティは確認していません。これらと各社での動きは kizashi init と kizashi sync のあとで確認できます',
  },
  'rules.lint.unsynced': {
    en: 'The policy file has no faults. Users and properties that plays name were not checked: nothing was synced yet (kizashi sync)',
    ja: 'ポリシーファイルに誤りはありません。未同期のため、プレイの担当者とプロパティは確認していません（kizashi sync）',
  },
  'rules.lint.no_users': {
    en: 'Who is to do the steps of plays was not checked: the store has no users of the portal (scope crm.objects.owners.read, then kizashi sync)',
    ja: 'プレイの担当者は確認していません。ポータルのユーザーを取得できていません（スコープ crm.objects.owners.read、その後 kizashi sync）',
  },
  'rules.lint.no_properties': {
    en: 'Properties that plays change were not checked: the store has no definitions of the portal (kizashi sync)',
    ja: 'プレイで変更するプロパティは確認していません。ポータルの定義を取得できていません（kizashi sync）',
  },
  'rules.lint.nothing': { en: 'Every rule does its work.', ja: '問題のあるルールはありません。' },
  'rules.finding.unfed': {
    en: { one: 'nothing is known of it on the {n} account', other: 'nothing is known of it on any of {n} accounts' },
    ja: '{n}社すべてでデータがありません',
  },
  'rules.finding.dead': {
    en: { one: 'known on {n} account, fires on none', other: 'known on {n} accounts, fires on none' },
    ja: '{n}社で値があるのに、1社にも該当しません',
  },
  'rules.finding.constant': {
    en: { one: 'the same on {n} account: it tells nobody apart', other: 'the same on all {n} accounts: it tells nobody apart' },
    ja: '{n}社すべてで同じ値のため、差がつきません',
  },
  'rules.finding.weightless': { en: '0 points: it cannot matter', ja: '0点のため影響しません' },
  'rules.finding.capped': {
    en: {
      one: 'its group is at its limit on the {n} account where it fires: the points cannot matter',
      other: 'its group is at its limit on all {n} accounts where it fires: the points cannot matter',
    },
    ja: '該当する{n}社すべてで分類の上限に達しており、点数が影響しません',
  },
  'rules.finding.overlap': {
    en: { one: 'fires on the same {n} account as {other}', other: 'fires on the same {n} accounts as {other}' },
    ja: '{other} と同じ{n}社で該当しています',
  },
  'rules.finding.overdue': { en: 'was to be reviewed by {day}', ja: '見直し期限（{day}）を過ぎています' },
  'rules.finding.untested': { en: 'no back-test has judged it yet', ja: 'まだバックテストで評価されていません' },
  'rules.lint.untested': {
    en: 'no back-test has judged these as they are now; run kizashi backtest: {signals}',
    ja: '現在の設定でバックテストによる評価がまだありません（kizashi backtest）: {signals}',
  },
  'rules.lint.all_untested': {
    en: 'no back-test has judged any rule yet; run kizashi backtest',
    ja: 'どのルールもまだバックテストで評価されていません（kizashi backtest）',
  },
  'rules.change.form': {
    en: "'{value}' is not a change. Write PATH=NUMBER",
    ja: '「{value}」は変更として読めません。パス=数値 と書いてください',
  },
  'rules.change.number': { en: "'{value}' is not a number", ja: '「{value}」は数値ではありません' },
  'rules.change.signal': {
    en: 'there is no signal {value}. See kizashi rules list',
    ja: '{value} というシグナルはありません（kizashi rules list）',
  },
  'rules.change.signal_near': {
    en: 'there is no signal {value}; did you mean {near}?',
    ja: '{value} というシグナルはありません。{near} の間違いではありませんか',
  },
  'rules.change.path': {
    en: "'{value}' cannot be tried. What can: signals.ID.points, signals.ID.ramp.from, signals.ID.ramp.to, caps.GROUP, bands.BAND, base, groupFloor, minimumCoverage, probability.slope, probability.baseRates.STRATUM",
    ja: '「{value}」は試せません。試せるのは signals.ID.points、signals.ID.ramp.from、signals.ID.ramp.to、caps.分類、bands.段階、base、groupFloor、minimumCoverage、probability.slope、probability.baseRates.区分 です',
  },
  'rules.what_if.name': { en: 'the change', ja: '変更' },
  'rules.what_if.not_weighable': {
    en: 'the policy file has changed since the book was scored. Run kizashi rules what-if again',
    ja: '採点後にポリシーファイルが変わりました。kizashi rules what-if をもう一度実行してください',
  },
  'rules.what_if.entered': { en: 'Enter the top {top}: {n}', ja: '上位{top}社に入る: {n}社' },
  'rules.what_if.left': { en: 'Leave the top {top}: {n}', ja: '上位{top}社から外れる: {n}社' },
  'rules.what_if.moved': { en: 'Change rank in it: {n}', ja: '順位が変わる: {n}社' },
} as const satisfies Record<string, Message>;
