/** Plays for accounts that do well: more products, more seats, thanks, a story. */
import type { Play } from '../policy.ts';
import { both, email, note, questions, task } from './steps.ts';

export const GROWTH_PLAYS: readonly Play[] = [
  {
    id: 'cross-sell',
    label: both('Second product', '2つ目の製品の提案'),
    about: both('High value on a single product', '高額で単一製品の顧客に'),
    steps: [
      task('fit', '3bd', both('Which product fits {account} next?', '{account}に次に合う製品を選ぶ'), {
        text: both('Uses {products} on {plan}, {mrr} a month.', '{plan}で{products}を利用、月額{mrr}'),
      }),
      task('propose', '1w', both('Propose a second product to {account}', '{account}に2つ目の製品を提案'), { after: 'fit', type: 'call' }),
    ],
  },
  {
    id: 'expansion',
    label: both('Expansion talk', '拡大の提案'),
    about: both('Use grows against the plan, or the customer grows', '利用や事業が伸びているとき'),
    steps: [
      note('signs', both('Talk about more: {mrr} a month on {today}.', '拡大の相談を開始（{today}、月額{mrr}）')),
      task('case', '3bd', both('Work out the expansion for {account}', '{account}の拡大案をまとめる')),
      task('talk', '1w', both('Expansion talk with {account}', '{account}と拡大を相談'), { after: 'case', type: 'call' }),
    ],
  },
  {
    id: 'celebrate',
    label: both('Celebrate and ask for a reference', '成果の共有と紹介のお願い'),
    about: both('A goal is reached, or satisfaction is high', '目標の達成や高い満足度があるとき'),
    steps: [
      email(
        'mail',
        both('Well done, {account}', '{account}様 成果のお祝い'),
        both(
          'Hello {contact},\n\nwhat your team has reached with {products} is worth a word of praise. Thank you for your trust.\n\nIf you know somebody for whom it would be of use too, I would be glad of an introduction.\n\n{me}',
          '{contact}様\n\nいつもお世話になっております。{me}です。\n{products}での成果、誠におめでとうございます。日頃のご信頼に感謝いたします。\n\n同じようにお役に立てそうな方がいらっしゃいましたら、ご紹介いただけますと幸いです。\n\n{me}',
        ),
      ),
      task('thanks', '2bd', both('Thank {account} and ask for a reference', '{account}に感謝を伝え、紹介をお願いする')),
    ],
  },
  {
    id: 'case-study',
    label: both('Case study', '事例化'),
    about: both('A healthy customer with a story to tell', '健全で語れる成果がある顧客に'),
    steps: [
      task('ask', '3bd', both('Ask {account} for a case study', '{account}に事例掲載をお願いする'), { type: 'email' }),
      questions(
        'story',
        both('Story of {account}', '{account}の事例'),
        ['before', 'How was it before?', '導入前の状況'],
        ['result', 'What came of it, in numbers?', '成果（数値で）'],
        ['quote', 'In their own words', '先方の言葉'],
      ),
      task('publish', '3w', both('Case study of {account}: text to marketing', '{account}の事例原稿をマーケティングへ'), { after: 'ask' }),
    ],
  },
];
