import type { Message } from './message.ts';

/** What a person chooses for the terminal: settings, keys, what is said aloud. */
export const looksMessages = {
  'looks.keys.unknown': { en: 'settings, keys: there is no action {id}', ja: '設定のkeys: {id} という操作はありません' },
  'looks.keys.key': {
    en: 'settings, keys.{id}: {key} is not a key (j, ctrl+o, shift+tab, f is; see docs/keys.md)',
    ja: '設定のkeys.{id}: {key} はキーの名前ではありません（j、ctrl+o、shift+tabなど。docs/keys.md を参照）',
  },
  'looks.keys.text': {
    en: 'settings, keys: {key} writes text where “{action}” is used; take one with ctrl+',
    ja: '設定のkeys: 「{action}」を使う場面では {key} は文字の入力になります。ctrl+ のキーを選んでください',
  },
  'looks.keys.conflict': {
    en: 'settings, keys: {key} for “{action}” ({id}) is already “{other}” ({otherId})',
    ja: '設定のkeys: 「{action}」（{id}）の {key} は「{other}」（{otherId}）で使われています',
  },
  'looks.config.keys': {
    en: '{value} is no setting; there are {allowed}, and keys.ACTION',
    ja: '{value} という設定はありません。指定できるのは {allowed}、および keys.操作 です',
  },
  'looks.config.value': { en: 'give the value: kizashi config set {key} VALUE', ja: '値を指定してください: kizashi config set {key} 値' },
  'looks.config.bad': {
    en: '{key}: {value} is not possible; possible are {allowed}',
    ja: '{key}: {value} は指定できません。指定できるのは {allowed} です',
  },
  'looks.config.noEditor': {
    en: 'set VISUAL or EDITOR to your editor, or change one value with kizashi config set',
    ja: '環境変数 VISUAL か EDITOR にエディターを指定するか、kizashi config set で値を変えてください',
  },
  'looks.config.editorFailed': {
    en: 'the editor did not end well; the settings are as they were',
    ja: 'エディターが正常に終わりませんでした。設定は元のままです',
  },
  'looks.config.same': { en: 'nothing was changed', ja: '変更はありません' },
  'looks.config.taken': { en: 'taken', ja: '保存しました' },
  'looks.config.rejected': {
    en: '{problem}\nThe settings are as they were; what you wrote is in {draft} and is opened by the next kizashi config edit',
    ja: '{problem}\n設定は元のままです。書いた内容は {draft} にあり、次の kizashi config edit で開きます',
  },
} as const satisfies Record<string, Message>;
