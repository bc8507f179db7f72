import type { Message } from './message.ts';

/** One text on several marked accounts. */
export const severalMessages = {
  'several.accounts': { en: '{n} accounts: {names}', ja: '{n}社（{names}）' },
  'several.more': { en: '{names} and {n} more', ja: '{names}、ほか{n}社' },
  'several.facts': { en: 'what stands in braces is each account’s own', ja: '波かっこの中は会社ごとの内容になります' },
  'several.due': { en: 'each account’s own day', ja: '会社ごとの日付' },
  'several.assignee': { en: 'each account’s owner', ja: '会社ごとの担当者' },
  'several.noOwner': {
    en: 'no owner who can be given the task. Nothing was queued.',
    ja: 'タスクを割り当てられる担当者がいません。登録していません。',
  },
  'several.openFact': {
    en: 'Nobody knows the {fact} of {names}. Nothing was queued.',
    ja: '{names}の{fact}が不明です。登録していません。',
  },
  'several.named': { en: '{names}: {why}', ja: '{names}: {why}' },
  'several.why.records': {
    en: 'contacts, deals and tickets are one account’s own, and this is on several',
    ja: '複数の会社に書くときは、連絡先、取引、チケットを選べません',
  },
  'several.toast.queued': {
    en: 'queued on {n} accounts, u takes all back ({seconds} s)',
    ja: '{n}社に登録しました。u ですべて取消({seconds}秒)',
  },
  'several.toast.queuedAtOnce': { en: 'queued on {n} accounts', ja: '{n}社に登録しました' },
  'several.toast.undone': {
    en: 'all taken back; the text comes back when several are marked',
    ja: 'すべて取り消しました。複数の会社に印を付けると本文が戻ります',
  },
} as const satisfies Record<string, Message>;
