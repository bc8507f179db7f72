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
  'rules.problem.built_in': {
    en: '{path}: {key} can be given only to signals of your own (custom.*)',
    ja: '{path}: {key} は独自のシグナル（custom.*）にだけ指定できます',
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
  'rules.problem.tiers': {
    en: '{path}: high from {high} must be above low from {low}',
    ja: '{path}: high（{high}以上）は low（{low}以上）より大きくしてください',
  },
  'rules.problem.bounds': {
    en: '{path}: a comparison needs above, atLeast, below or atMost',
    ja: '{path}: 比較には above、atLeast、below、atMost のどれかが必要です',
  },
  'rules.problem.too_deep': { en: '{path}: conditions may stand at most {most} deep', ja: '{path}: 条件の入れ子は{most}段までです' },
  'rules.problem.unreadable': { en: 'the file cannot be read ({message})', ja: 'ファイルを読めません（{message}）' },
  'rules.expected.object': { en: 'a group of keys', ja: '項目のまとまり' },
  'rules.expected.array': { en: 'a list', ja: 'リスト' },
  'rules.expected.string': { en: 'a text', ja: '文字列' },
  'rules.expected.number': { en: 'a number', ja: '数値' },
  'rules.expected.integer': { en: 'a whole number', ja: '整数' },
  'rules.expected.boolean': { en: 'true or false', ja: 'true か false' },
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
} as const satisfies Record<string, Message>;
