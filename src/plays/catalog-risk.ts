/** Plays for the reasons that make customers leave: usage, support, price, features, competitors. */
import type { Play } from '../policy.ts';
import { both, email, note, questions, started, task } from './steps.ts';

export const RISK_PLAYS: readonly Play[] = [
  {
    id: 're-engage',
    label: both('Re-engage dormant account', '休眠アカウントの再活性化'),
    about: both('Use or contact has stopped', '利用や接触が止まったとき'),
    steps: [
      started,
      email(
        'mail',
        both('How are things going with us, {account}?', '{account}様 ご利用状況について'),
        both(
          'Hello {contact},\n\nwe noticed that {account} has used the product less of late (last use: {last_used}). Is something in the way, or have your plans changed?\n\nI would be glad to show in 20 minutes what others in your line of work start with. Would one day next week suit you?\n\n{me}',
          '{contact}様\n\nいつもお世話になっております。{me}です。\n最近ご利用が少なくなっているようです（最終利用: {last_used}）。お困りの点や、ご状況の変化はございませんか。\n\n20分ほどで、同業のお客様が最初に取り組まれている使い方をご案内できます。来週でご都合のよい日はございますか。\n\n{me}',
        ),
      ),
      task('call', '1bd', both('Call {account}: unused for {days_since_use}', '{account}に電話: {days_since_use}未使用'), {
        type: 'call',
        priority: 'high',
        text: both('Ask what is in the way. Last use {last_used}. {reason}.', '使われていない理由を聞く。最終利用 {last_used}。{reason}'),
      }),
      task('follow', '5bd', both('Check whether {account} is back in use', '{account}の利用が戻ったか確認'), { after: 'call' }),
    ],
  },
  {
    id: 'adoption',
    label: both('Adoption session', '活用促進セッション'),
    about: both('Features or seats stay unused', '機能や席が使われていないとき'),
    steps: [
      started,
      task('prepare', '2bd', both('Prepare an adoption session for {account}', '{account}の活用セッションを準備'), {
        text: both('Pick three features that answer their goals. {reasons}.', '目標に合う機能を3つ選ぶ。{reasons}'),
      }),
      email(
        'mail',
        both('Three features worth 30 minutes', '30分で試せる3つの機能のご案内'),
        both(
          'Hello {contact},\n\nyou have {plan}, and part of it is not used yet. I picked three features that save teams like yours the most time. Shall we go through them together in 30 minutes? I can also send a tutorial first.\n\n{me}',
          '{contact}様\n\nいつもお世話になっております。{me}です。\nご契約の{plan}には、まだお使いでない機能がございます。同じようなチームで効果の大きい3つを選びましたので、30分ほどご一緒に試してみませんか。先にチュートリアルをお送りすることもできます。\n\n{me}',
        ),
      ),
      task('session', '8bd', both('Hold the adoption session with {account}', '{account}の活用セッションを実施'), { after: 'prepare' }),
      task('measure', '4w', both('Compare use at {account} with before the session', '{account}の利用をセッション前と比較'), {
        after: 'session',
        priority: 'low',
      }),
    ],
  },
  {
    id: 'support-recovery',
    label: both('Support recovery', 'サポートの立て直し'),
    about: both('Tickets pile up, come back or take too long', '問い合わせの急増・再発・遅れがあるとき'),
    steps: [
      started,
      task('review', '1bd', both('Go through the open tickets of {account} with support', '{account}の未解決チケットをサポートと確認'), {
        priority: 'high',
        text: both('One owner and one date for each. {reasons}.', '1件ごとに担当と期日を決める。{reasons}'),
      }),
      task('call', '1bd', both('Tell {account} what happens by when', '{account}に対応予定を電話で伝える'), {
        after: 'review',
        type: 'call',
        priority: 'high',
      }),
      task('confirm', '5bd', both('Ask {account} whether it is solved in their eyes', '{account}に解決したと感じているか確認'), {
        after: 'call',
      }),
      questions(
        'cause',
        both('Support recovery: {account}', 'サポートの立て直し: {account}'),
        ['root_cause', 'What was the root cause?', '根本原因は何でしたか'],
        ['prevent', 'What keeps it from coming back?', '再発をどう防ぎますか'],
      ),
    ],
  },
  {
    id: 'price-talk',
    label: both('Value and price talk', '価値と価格の相談'),
    about: both('The price is in question, or MRR has fallen', '価格への不満やMRRの減少があるとき'),
    steps: [
      started,
      task('value', '2bd', both('Put together what {account} got for {mrr} a month', '{account}の月額{mrr}に見合う成果をまとめる')),
      task(
        'options',
        '2bd',
        both(
          'Agree on options for {account}: plan by use, longer term, perk for loyal customers',
          '{account}への選択肢を決める: 従量プラン・長期割引・継続特典',
        ),
        {
          assignee: 'lead',
          text: both('MRR {mrr}. {reasons}.', 'MRR {mrr}。{reasons}'),
        },
      ),
      task('talk', '3bd', both('Value and price talk with {account}', '{account}と価値・価格の相談'), {
        after: 'options',
        type: 'call',
        priority: 'high',
      }),
      questions(
        'outcome',
        both('Price talk: {account}', '価格の相談: {account}'),
        ['compared_with', 'What do they compare the price with?', '何と比べて高いと感じていますか'],
        ['wanted', 'What would make it worth it?', '何があれば納得できますか'],
        ['offered', 'What was offered?', '提示した内容'],
      ),
    ],
  },
  {
    id: 'payment-followup',
    label: both('Payment follow-up', '支払いの確認'),
    about: both('An invoice is overdue', '支払いが遅れているとき'),
    steps: [
      task('ask', '1bd', both('Ask {account} about the open invoice', '{account}に未払い請求を確認'), {
        type: 'email',
        text: both('{reason}.', '{reason}'),
      }),
      task('finance', '3bd', both('Settle {account} with finance', '{account}の入金を経理と確認'), { after: 'ask' }),
    ],
  },
  {
    id: 'feature-request',
    label: both('Feature request follow-up', '機能要望の対応'),
    about: both('A feature is missing or does not fit', '機能が足りない・合わないとき'),
    steps: [
      questions(
        'request',
        both('Feature request of {account}', '{account}の機能要望'),
        ['feature', 'Which feature?', 'どの機能ですか'],
        ['need', 'What do they want to get done?', '何を実現したいのですか'],
        ['workaround', 'How do they manage now?', '今はどうしていますか'],
        ['weight', 'How much depends on it?', 'どの程度重要ですか', 'must', 'should', 'nice'],
      ),
      task('product', '2bd', both('Hand the request of {account} to product', '{account}の要望を開発に伝える'), {
        text: both('MRR {mrr}. {reasons}.', 'MRR {mrr}。{reasons}'),
      }),
      task('answer', '5bd', both('Tell {account} what becomes of the request', '{account}に要望への回答を伝える'), {
        after: 'product',
        type: 'email',
      }),
    ],
  },
  {
    id: 'competitor',
    label: both('Competitor response', '競合への対応'),
    about: both('The customer compares or a competitor is named', '競合の名前や比較の動きがあるとき'),
    steps: [
      started,
      task('compare', '1bd', both('Prepare the comparison for {account}', '{account}向けの比較資料を準備'), {
        priority: 'high',
        text: both('Where we are better for their goals, and where not. {reasons}.', '先方の目標に照らして優れる点と劣る点。{reasons}'),
      }),
      task('talk', '2bd', both('Talk with {account} about what they look for', '{account}と検討の背景を話す'), {
        after: 'compare',
        type: 'call',
        priority: 'high',
      }),
      task('lead', '1bd', both('Tell your lead: {account} looks at a competitor', '{account}が競合を検討中と責任者に共有'), {
        assignee: 'lead',
      }),
      questions(
        'outcome',
        both('Competitor at {account}', '{account}の競合状況'),
        ['who', 'Which competitor?', 'どの競合ですか'],
        ['why', 'What attracts them?', '何に魅力を感じていますか'],
        ['decides', 'Who decides, and when?', '誰がいつ決めますか'],
      ),
    ],
  },
  {
    id: 'save-plan',
    label: both('Save plan', '解約防止プラン'),
    about: both('High risk: one owner, one plan, one offer', 'リスクが高い顧客に担当・計画・特典を集中するとき'),
    steps: [
      started,
      task('plan', '1bd', both('Write the save plan for {account}', '{account}の解約防止プランを作る'), {
        priority: 'high',
        text: both('Risk {risk}, {mrr} a month. {reasons}.', 'リスク{risk}、月額{mrr}。{reasons}'),
      }),
      task('offer', '2bd', both('Decide on an offer for {account}', '{account}への特別提案を決める'), { assignee: 'lead', after: 'plan' }),
      task('meet', '3bd', both('Meet {account} in person', '{account}と直接会って話す'), { after: 'plan', type: 'call', priority: 'high' }),
      task('review', '2w', both('Look at the plan for {account} again', '{account}のプランを見直す'), { after: 'meet' }),
    ],
  },
  {
    id: 'check-in',
    label: both('Check-in', 'フォローアップ'),
    about: both('Medium risk: ask, and offer what helps', 'リスクが中程度の顧客に様子を聞き、役立つ提案をするとき'),
    steps: [
      email(
        'mail',
        both('A short check-in', 'ご利用状況のご確認'),
        both(
          'Hello {contact},\n\nhow is it going with {products}? If something is missing or slow, tell me; if it goes well, I have an idea or two for what could come next.\n\n{me}',
          '{contact}様\n\nいつもお世話になっております。{me}です。\n{products}のご利用はいかがでしょうか。ご不便な点がございましたらお知らせください。順調でしたら、次に役立ちそうな機能もご紹介できます。\n\n{me}',
        ),
      ),
      task('follow', '3bd', both('Follow up with {account}', '{account}をフォローする'), { type: 'call' }),
    ],
  },
  {
    id: 'executive-checkin',
    label: both('Executive check-in', '責任者との面談'),
    about: both('Satisfaction, trust or the contact itself is at stake', '満足度や信頼、関係そのものが揺らいでいるとき'),
    steps: [
      started,
      task('brief', '2bd', both('Brief your lead on {account}', '{account}の状況を責任者に共有'), {
        text: both('Risk {risk}. {reasons}.', 'リスク{risk}。{reasons}'),
      }),
      task('meeting', '5bd', both('Executive check-in with {account}', '{account}の責任者と面談'), {
        assignee: 'lead',
        after: 'brief',
        priority: 'high',
      }),
      note(
        'agenda',
        both('Agenda: what they wanted from us, what came of it, what comes next.', '議題: 当初の目標、これまでの成果、今後の進め方'),
      ),
    ],
  },
];
