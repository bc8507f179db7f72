import type { Message } from './message.ts';

/** Completion of command lines by the shell, and the manual page. */
export const shellMessages = {
  'shell.completion': {
    en: 'print what makes bash, zsh or fish complete command lines',
    ja: 'bash・zsh・fishの補完スクリプトを出力する',
  },
  'shell.manual.description': {
    en: 'Without a command the app opens on the book of business. Where stdout is no terminal the ranked list is printed instead. stdout carries the result, stderr progress and messages.',
    ja: 'コマンドを付けずに実行すると担当顧客の画面が開きます。標準出力が端末でないときは一覧を出力します。標準出力には結果だけを、標準エラーには経過とメッセージを出します。',
  },
  'shell.manual.variable.token': {
    en: 'the token for this process; it goes before a stored one',
    ja: 'このプロセスのトークン（保存したものより優先）',
  },
  'shell.manual.variable.url': {
    en: 'another address of the API: https, or http on this machine',
    ja: 'APIの別のアドレス（https、またはこのマシンのhttp）',
  },
  'shell.manual.variable.options': { en: 'as the global options of those names', ja: '同じ名前の共通オプションと同じ' },
  'shell.manual.variable.log': { en: 'more in the log file', ja: 'ログファイルに詳しく書く' },
  'shell.manual.variable.lang': { en: 'language of screens and messages', ja: '画面とメッセージの言語' },
  'shell.manual.variable.usual': { en: 'as everywhere else', ja: 'ほかのプログラムと同じ' },
  'shell.manual.exit.done': { en: 'done', ja: '完了' },
  'shell.manual.exit.failed': { en: 'failed; stderr says what and what to do next', ja: '失敗（標準エラーに内容と次の手順）' },
  'shell.manual.exit.usage': { en: 'wrong usage; nothing was touched', ja: '使い方の誤り（何も変更していない）' },
  'shell.manual.exit.notConnected': {
    en: 'not connected: no token, a token that was refused, or a missing scope',
    ja: '未接続（トークンがない、拒否された、権限が足りない）',
  },
  'shell.manual.exit.unreachable': {
    en: 'HubSpot was not reached or refused for now; what could wait is in the outbox',
    ja: 'HubSpotに接続できない、または今は拒否された（待てるものは送信待ちに入っている）',
  },
  'shell.manual.exit.partly': { en: 'partly done; the report lists what failed', ja: '一部だけ完了（失敗したものは報告にある）' },
  'shell.manual.exit.attention': { en: 'brief --exit-code: something needs attention', ja: 'brief --exit-code: 要対応あり' },
  'shell.manual.exit.interrupted': { en: 'interrupted', ja: '中断' },
} as const satisfies Record<string, Message>;
