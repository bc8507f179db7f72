import type { Message } from './message.ts';

/** Calls, meetings, e-mails, tasks: logging them, and looking after those that are open. */
export const actingMessages = {
  'acting.command.call': { en: 'log a call on an account', ja: '電話を記録する' },
  'acting.command.meeting': { en: 'log a meeting on an account', ja: '会議を記録する' },
  'acting.command.email': { en: 'log an e-mail that was sent or received elsewhere', ja: '別の場所で送受信したメールを記録する' },
  'acting.command.task': {
    en: 'log a task on an account; or done, postpone, assign with the id of an open one',
    ja: 'タスクを記録する。done、postpone、assign とIDで既存のタスクを変更する',
  },
  'acting.command.tasks': { en: 'my open and overdue tasks on these accounts', ja: '担当顧客の未完了・期限切れタスク' },
  'acting.option.contact': { en: 'also on this contact: name, e-mail address or id', ja: '連絡先にも記録（名前、メールアドレス、ID）' },
  'acting.option.deal': { en: 'also on this deal: name or id', ja: '取引にも記録（名前、ID）' },
  'acting.option.ticket': { en: 'also on this ticket: subject or id', ja: 'チケットにも記録（件名、ID）' },
  'acting.option.with': { en: 'with whom: a contact of the account', ja: '相手（この会社の連絡先）' },
  'acting.option.subject': { en: 'its subject', ja: '件名' },
  'acting.option.call_direction': { en: 'outbound (default) or inbound', ja: 'outbound（発信、既定）、inbound（着信）' },
  'acting.option.email_direction': {
    en: 'sent (default), received or forwarded',
    ja: 'sent（送信、既定）、received（受信）、forwarded（転送）',
  },
  'acting.option.call_outcome': {
    en: 'completed (default), no-answer, busy, missed, canceled or failed',
    ja: 'completed（既定）、no-answer、busy、missed、canceled、failed',
  },
  'acting.option.meeting_outcome': {
    en: 'scheduled, completed, rescheduled, no-show or canceled',
    ja: 'scheduled、completed、rescheduled、no-show、canceled',
  },
  'acting.option.disposition': { en: "one of the portal's own call outcomes, by name", ja: 'ポータルの通話結果（名前で指定）' },
  'acting.option.duration': { en: 'how long: 15m, 1h30m', ja: '長さ: 15m、1h30m' },
  'acting.option.start': { en: 'when it begins: mon 15:00, ISO 8601 (default now)', ja: '開始日時: 月曜 15:00、ISO 8601（既定は現在）' },
  'acting.option.end': { en: 'when it ends (default half an hour later)', ja: '終了日時（既定は30分後）' },
  'acting.option.location': { en: 'where', ja: '場所' },
  'acting.option.assignee': { en: 'who is to do it: me, owner, lead or an e-mail address', ja: '担当者: me、owner、lead、メールアドレス' },
  'acting.option.reminder': { en: 'a reminder: 1h (before it is due) or a moment', ja: 'リマインダー: 1h（期限の前）または日時' },
  'acting.option.task_to': { en: 'task assign: to whom', ja: 'task assign の相手' },
  'acting.option.whose': { en: 'whose tasks: me (default), all or an e-mail address', ja: '誰のタスク: me（既定）、all、メールアドレス' },
  'acting.option.overdue': { en: 'only those that are overdue', ja: '期限切れだけ' },
  'acting.option.due_by': { en: 'only those due by that day', ja: 'この日までが期限のもの' },
  'acting.option.account': { en: 'only on this account', ja: 'この会社だけ' },

  'acting.error.moment': {
    en: "{option}: '{value}' is not a moment. Write 15:00, tomorrow 9:30, 2026-11-21 15:00 or 2026-11-21T15:00+09:00",
    ja: '{option}: 「{value}」は日時として読めません。15:00、明日 9:30、2026-11-21 15:00、2026-11-21T15:00+09:00 のように書いてください',
  },
  'acting.error.length': {
    en: "{option}: '{value}' is not a length of time. Write it like 15m or 1h30m",
    ja: '{option}: 「{value}」は長さとして読めません。15m や 1h30m のように書いてください',
  },
  'acting.error.end': { en: 'the meeting ends before it begins; nothing was queued', ja: '終了が開始より前です。何も記録していません' },
  'acting.error.due_past': { en: '{day} is past; nothing was queued', ja: '{day}は過ぎています。何も記録していません' },
  'acting.error.reminder_past': {
    en: 'the reminder would be in the past; nothing was queued',
    ja: 'リマインダーの日時が過ぎています。何も記録していません',
  },
  'acting.error.no_meeting_subject': { en: 'a meeting needs a subject: --subject TEXT', ja: '件名が必要です: --subject 件名' },
  'acting.error.no_email_subject': { en: 'an e-mail needs its subject: --subject TEXT', ja: 'メールの件名が必要です: --subject 件名' },
  'acting.error.no_contacts': { en: "{name} has no contact '{value}'", ja: '{name}に連絡先「{value}」はありません' },
  'acting.error.no_deals': { en: "{name} has no deal '{value}'", ja: '{name}に取引「{value}」はありません' },
  'acting.error.no_tickets': { en: "{name} has no ticket '{value}'", ja: '{name}にチケット「{value}」はありません' },
  'acting.error.several': {
    en: "'{value}' fits several records of {name}; take an id:\n{list}",
    ja: '「{value}」に当てはまる{name}の記録が複数あります。IDで指定してください:\n{list}',
  },
  'acting.error.no_account_owner': { en: '{name} has no owner in HubSpot', ja: '{name}の所有者がHubSpotに設定されていません' },
  'acting.error.no_lead': {
    en: 'nobody is named as lead for {name}: leads in the policy file name them',
    ja: '{name}のリードが決まっていません。ポリシーファイルの leads に書いてください',
  },
  'acting.error.archived_owner': { en: "'{value}' is deactivated in HubSpot", ja: '「{value}」はHubSpotで無効になっています' },
  'acting.error.task_id': {
    en: 'say which: kizashi task {action} ID (kizashi tasks lists them)',
    ja: 'IDを指定してください: kizashi task {action} ID（一覧は kizashi tasks）',
  },
  'acting.error.no_task': {
    en: "there is no open task '{value}' on the accounts of this book; kizashi tasks --assignee all lists them",
    ja: '未完了のタスク「{value}」はこの一覧の会社にありません。kizashi tasks --assignee all で確認できます',
  },
  'acting.error.to': { en: 'say to whom: --to EMAIL', ja: '相手を --to メールアドレス で指定してください' },

  'acting.tasks.none': { en: 'no open task', ja: '未完了のタスクはありません' },
  'acting.overdue': { en: 'overdue', ja: '期限切れ' },
  'acting.waiting': { en: 'waiting', ja: '送信待ち' },
  'acting.column.id': { en: 'Id', ja: 'ID' },
  'acting.column.due': { en: 'Due', ja: '期限' },
  'acting.column.state': { en: 'State', ja: '状態' },
  'acting.column.priority': { en: 'Priority', ja: '優先度' },
  'acting.column.name': { en: 'Account', ja: '会社' },
  'acting.column.owner': { en: 'Whose', ja: '担当' },
  'acting.column.subject': { en: 'Subject', ja: '件名' },
} as const satisfies Record<string, Message>;
