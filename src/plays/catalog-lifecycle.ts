/** Plays for moments in an account's life: onboarding, people, renewal, goals, and what follows a loss. */
import type { Play } from '../policy.ts';
import { both, email, questions, started, task } from './steps.ts';

export const LIFECYCLE_PLAYS: readonly Play[] = [
  {
    id: 'activation',
    label: both('Finish onboarding', '導入の完了支援'),
    about: both('Signed, but value has not arrived yet', '契約後、価値がまだ届いていないとき'),
    steps: [
      started,
      task('blockers', '1bd', both('Find out what holds the onboarding of {account} up', '{account}の導入を止めている原因を確認'), {
        type: 'call',
        priority: 'high',
      }),
      task('plan', '2bd', both('Agree on dates to the first result with {account}', '{account}と最初の成果までの日程を合意'), {
        after: 'blockers',
      }),
      task('first_value', '3w', both('First result at {account} reached?', '{account}で最初の成果が出たか確認'), { after: 'plan' }),
      questions(
        'goals',
        both('Onboarding of {account}', '{account}の導入'),
        ['goal', 'What must work for it to have been worth it?', '何が実現すれば導入の価値がありますか'],
        ['by', 'By when?', 'いつまでに'],
        ['champion', 'Who drives it at the customer?', '先方の推進者は誰ですか'],
      ),
    ],
  },
  {
    id: 'champion-change',
    label: both('Champion change', '推進者交代'),
    about: both('The champion has left or is missing', '推進者が離任した、またはいないとき'),
    steps: [
      started,
      task('who', '1bd', both('Find out who takes over at {account}', '{account}の後任を確認'), { type: 'call', priority: 'high' }),
      email(
        'mail',
        both('Getting to know each other', 'ご挨拶のお願い'),
        both(
          'Hello,\n\nI look after {account} on our side. As people have changed at yours, I would like to introduce myself, hear what matters to you now and hand over what was agreed so far.\n\nWould 30 minutes this week or next suit you?\n\n{me}',
          'ご担当者様\n\n{account}様を担当しております{me}です。\nご担当の交代に伴い、改めてご挨拶と、これまでの取り組みの引き継ぎをさせていただければと存じます。今週または来週、30分ほどお時間をいただけますでしょうか。\n\n{me}',
        ),
      ),
      task('handover', '5bd', both('Hand-over with the new contact at {account}', '{account}の新しい担当者へ引き継ぎ'), { after: 'who' }),
      task('executive', '5bd', both('Have an executive of ours call at {account}', '責任者から{account}へ挨拶'), {
        assignee: 'lead',
        after: 'who',
        priority: 'low',
      }),
    ],
  },
  {
    id: 'multi-thread',
    label: both('Widen the contacts', '窓口を広げる'),
    about: both('Everything hangs on one person', '関係が1人に頼っているとき'),
    steps: [
      task('map', '3bd', both('List who uses, decides and pays at {account}', '{account}の利用者・決裁者・支払者を整理')),
      task('meet', '2w', both('Meet a second and a third person at {account}', '{account}で2人目・3人目と話す'), { after: 'map' }),
      questions(
        'people',
        both('People at {account}', '{account}の関係者'),
        ['user', 'Who uses it most?', '最も使っている人'],
        ['decider', 'Who decides on the renewal?', '更新を決める人'],
        ['sceptic', 'Who would rather do without it?', '不要と考えている人'],
      ),
    ],
  },
  {
    id: 'renewal-plan',
    label: both('Renewal plan', '更新計画'),
    about: both('The renewal comes near', '更新が近づいたとき'),
    steps: [
      task('stakeholders', 'renewal-90d', both('Renewal of {account}: who decides?', '{account}の更新: 決裁者を確認'), {
        text: both('Renewal on {renewal}, in {days_to_renewal}.', '更新日 {renewal}（あと{days_to_renewal}）'),
      }),
      task('value', 'renewal-60d', both('Renewal of {account}: show what it was worth', '{account}の更新: 成果をまとめて示す'), {
        text: both('What they wanted, what came of it, in their numbers.', '当初の目標と成果を先方の数値で示す。'),
      }),
      task('executive', 'renewal-45d', both('Renewal of {account}: executive talk', '{account}の更新: 責任者どうしの面談'), {
        assignee: 'lead',
      }),
      task('proposal', 'renewal-30d', both('Renewal of {account}: send the proposal', '{account}の更新: 提案書を送る'), {
        type: 'email',
        priority: 'high',
        text: both('{mrr} a month. {reasons}.', '月額{mrr}。{reasons}'),
      }),
    ],
  },
  {
    id: 'goal-setting',
    label: both('Quarterly goals', '四半期の目標設定'),
    about: both('Every quarter, or when the customer’s business has changed', '四半期ごと、または先方の事業が変わったとき'),
    steps: [
      task('meeting', '1w', both('Goal talk with {account}', '{account}と目標を話し合う'), {
        text: both('What was agreed last time, what came of it, what comes next.', '前回の合意、結果、次の目標。'),
      }),
      questions(
        'goals',
        both('Goals of {account}', '{account}の目標'),
        ['goal', 'What do they want to reach this quarter?', '今四半期の目標'],
        ['measure', 'How will both see that it is reached?', '達成をどう測りますか'],
        ['changed', 'What has changed in their business?', '先方の事業で変わったこと'],
      ),
      task('review', '11w', both('Goals of {account}: what was reached?', '{account}の目標: 達成状況を確認'), { after: 'meeting' }),
    ],
  },
  {
    id: 'feedback',
    label: both('Regular feedback', '定期的なフィードバック収集'),
    about: both('All is quiet: hear how it really is', '問題が見えないときに本音を聞く'),
    steps: [
      email(
        'mail',
        both('Two questions', '2つの質問のお願い'),
        both(
          'Hello {contact},\n\ntwo questions, a line each is enough:\n1. What works best for you at present?\n2. What should we do better?\n\nThank you,\n{me}',
          '{contact}様\n\nいつもお世話になっております。{me}です。\n2つだけお聞かせください。一言ずつで構いません。\n1. 今、最も役立っている点\n2. 改善してほしい点\n\nよろしくお願いいたします。\n{me}',
        ),
      ),
      task('read', '1w', both('Answer of {account} to the two questions', '{account}の回答を確認')),
      questions(
        'voice',
        both('Feedback of {account}', '{account}の声'),
        ['best', 'What works best?', '最も役立っている点'],
        ['better', 'What should be better?', '改善してほしい点'],
      ),
    ],
  },
  {
    id: 'tech-touch',
    label: both('Tech touch', 'テックタッチ'),
    about: both('Little value and little risk: a mail does it', '金額もリスクも小さい顧客にメールで対応するとき'),
    steps: [
      email(
        'mail',
        both('Getting more out of {products}', '{products}の活用ガイド'),
        both(
          'Hello,\n\nthree short guides that others found useful this month, and the next free webinar, are on our customer page. Write to me if you would rather talk.\n\n{me}',
          'ご担当者様\n\nいつもご利用ありがとうございます。今月好評の活用ガイド3本と、次回の無料ウェビナーをお客様ページに掲載しました。直接のご相談も歓迎です。\n\n{me}',
        ),
      ),
      task('group', '1m', both('Include {account} in the next mailing', '次回の配信対象に{account}を加える'), { priority: 'low' }),
    ],
  },
  {
    id: 'win-back',
    label: both('Win back', '解約後の呼び戻し'),
    about: both('Notice was given or the customer has left', '解約通知後、または解約後'),
    steps: [
      questions(
        'cause',
        both('Why {account} leaves', '{account}の解約理由'),
        ['reason', 'The reason in their words', '先方の言葉での理由'],
        ['fixable', 'Could we fix it, and by when?', '解決できますか。いつまでに'],
      ),
      task('talk', '2bd', both('Talk with {account} about staying or parting well', '{account}と継続・円満な終了について話す'), {
        type: 'call',
        priority: 'high',
      }),
      task('again', '3m', both('Is the cause gone? Write to {account}', '原因は解消したか。{account}に連絡'), { type: 'email' }),
    ],
  },
  {
    id: 'post-mortem',
    label: both('Churn post-mortem', '解約の振り返り'),
    about: both('After a loss: what could have been done differently', '解約後に、何ができたかを振り返るとき'),
    steps: [
      questions(
        'review',
        both('Churn post-mortem: {account}', '解約の振り返り: {account}'),
        ['cause', 'What was the cause?', '原因は何でしたか'],
        ['first_sign', 'What was the first sign, and when?', '最初の兆候とその時期'],
        ['avoidable', 'Was it avoidable?', '避けられましたか', 'yes', 'no', 'unsure'],
        ['different', 'What would have helped?', '何があれば防げましたか'],
        ['rule', 'Which rule or play should change?', '見直すべきルールやプレイ'],
      ),
      task('share', '3bd', both('Share what was learned from {account}', '{account}の教訓をチームに共有'), { assignee: 'me' }),
      task('rule', '1w', both('Change the policy after {account}, or say why not', '{account}の教訓をポリシーに反映'), {
        assignee: 'lead',
        priority: 'low',
      }),
    ],
  },
];
