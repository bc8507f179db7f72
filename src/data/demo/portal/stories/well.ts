/** Accounts that do well, or of which little is known. */
import { growing, level, mrrLine, usage } from '../curves.ts';
import type { AccountPlan } from '../plan.ts';
import { story } from './story.ts';

/** Healthy and large; the renewal in 28 days is all there is to say. */
export const healthyLarge = (): AccountPlan =>
  story({
    name: '北斗精機',
    domain: 'hokuto-seiki.example',
    csm: 0,
    employees: 1_900,
    plan: 'Enterprise',
    seats: 140,
    featuresInPlan: 18,
    startDaysAgo: 1_797,
    renewalInDays: 28,
    contractValue: 10_920_000,
    sentiment: 'HEALTHY',
    mrr: [
      { product: 'CRM', plan: 'Enterprise', months: mrrLine({ now: 520_000 }) },
      { product: 'SFA', plan: 'Enterprise', months: mrrLine({ now: 240_000 }) },
      { product: 'BI', plan: 'Enterprise', months: mrrLine({ now: 150_000 }) },
    ],
    usage: usage({ logins: level(610), users: level(96), features: level(10), wobble: [0, 14, -9, 6, -12, 20, 3] }),
    contacts: [
      { name: '坂本', role: 'champion', title: '情報システム部 部長' },
      { name: '岡田', role: 'user', title: '営業企画' },
      { name: '村上', role: 'executive', title: '常務取締役' },
    ],
    tickets: [
      {
        daysAgo: 35,
        subject: '組織変更に伴う権限設定',
        content: '来月の組織変更に合わせて権限を見直したい。',
        category: 'GENERAL_INQUIRY',
        priority: 'MEDIUM',
        closedAfterHours: 10,
        csat: 5,
      },
      {
        daysAgo: 110,
        subject: '帳票の追加',
        content: '拠点別の帳票が必要です。',
        category: 'FEATURE_REQUEST',
        priority: 'LOW',
        closedAfterHours: 24,
        csat: 4,
      },
    ],
    nps: [{ daysAgo: 205, score: 8 }],
    touches: [
      { kind: 'meeting', daysAgo: 24, title: '更新に向けた打合せ', body: '増席を検討中。' },
      { kind: 'email-in', daysAgo: 19, title: 'Re: 更新のお見積もり', body: '社内稟議に回しました。' },
    ],
    renewalDeal: true,
  });

/** Growing fast on a small contract: four times the revenue in a year, every seat in use. */
export const growingSmall = (): AccountPlan =>
  story({
    name: 'ひばりクラウド',
    domain: 'hibari-cloud.example',
    industry: 'COMPUTER_SOFTWARE',
    csm: 0,
    employees: 38,
    plan: 'Starter',
    seats: 16,
    featuresInPlan: 6,
    startDaysAgo: 400,
    termMonths: 1,
    renewalInDays: null,
    billing: 'monthly',
    sentiment: 'HEALTHY',
    mrr: [
      {
        product: 'CRM',
        plan: 'Starter',
        months: growing(18_000, 76_000, 13),
        seats: Array.from({ length: 30 }, (_, index) => Math.max(4, index - 13)),
      },
    ],
    usage: usage({
      logins: [
        [26, 31],
        [1, 112],
      ],
      users: [
        [26, 6],
        [1, 16],
      ],
      features: [
        [26, 3],
        [1, 5],
      ],
      wobble: [0, 3, -2],
    }),
    tickets: [
      {
        daysAgo: 8,
        subject: 'SFAの機能について',
        content: '見積もり機能を使うにはどのプランがよいですか。',
        category: 'FEATURE_REQUEST',
        priority: 'LOW',
        closedAfterHours: 2,
        csat: 5,
      },
    ],
    nps: [{ daysAgo: 25, score: 10, comment: '入力が楽になりました' }],
    touches: [{ kind: 'meeting', daysAgo: 15, title: '活用相談', body: '来期に二十名採用予定。上位プランに関心あり。' }],
  });

/** A large account of whose use nothing is known: it is not in the feed. */
export const unfed = (): AccountPlan =>
  story({
    name: '丸窓百貨',
    domain: 'marumado.example',
    industry: 'RETAIL',
    csm: 0,
    employees: 2_600,
    plan: 'Enterprise',
    seats: 90,
    featuresInPlan: 18,
    startDaysAgo: 960,
    renewalInDays: 135,
    mrr: [
      {
        product: 'CRM',
        plan: 'Enterprise',
        months: mrrLine({
          now: 430_000,
          steps: [
            [29, 0.9],
            [11, 1],
          ],
        }),
      },
      { product: 'MA', plan: 'Enterprise', months: mrrLine({ now: 210_000, from: 22 }) },
    ],
    contacts: [
      { name: '原', role: 'champion', title: 'デジタル推進室 室長' },
      { name: '長谷川', role: 'executive', title: '専務取締役' },
    ],
    tickets: [
      {
        daysAgo: 75,
        subject: '配信リストの整理',
        content: '休眠会員を除く方法を知りたい。',
        category: 'GENERAL_INQUIRY',
        priority: 'LOW',
        closedAfterHours: 6,
        csat: 4,
      },
    ],
    touches: [{ kind: 'meeting', daysAgo: 40, title: '四半期の振り返り', body: '自社環境で運用のため、利用状況は先方からの報告による。' }],
  });

/** Left, and came back after half a year. */
export const returned = (): AccountPlan =>
  story({
    name: 'ミカヅキ製菓',
    domain: 'mikazuki.example',
    industry: 'FOOD_PRODUCTION',
    csm: 1,
    startDaysAgo: 900,
    renewalInDays: 118,
    mrr: [
      { product: 'CRM', plan: 'Standard', months: mrrLine({ now: 120_000, until: 14 }) },
      { product: 'CRM', plan: 'Standard', months: mrrLine({ now: 135_000, from: 8 }) },
    ],
    usage: usage({ logins: level(72), users: level(14), features: level(7), wobble: [0, 3, -4] }),
    nps: [{ daysAgo: 50, score: 9, comment: 'サポートの返事が早い' }],
    touches: [{ kind: 'meeting', daysAgo: 22, title: '定例会', body: '再契約後の進み具合を確認。' }],
  });

/** One month's record is missing between two that are there: a gap in the data, no churn. */
export const gap = (): AccountPlan =>
  story({
    name: '霧笛ケアサービス',
    domain: 'muteki-care.example',
    industry: 'HOSPITAL_HEALTH_CARE',
    csm: 3,
    mrr: [{ product: 'CRM', plan: 'Standard', months: mrrLine({ now: 160_000 }).map((amount, index) => (index === 21 ? null : amount)) }],
    usage: usage({ logins: level(64), users: level(13), features: level(6), wobble: [0, 2, -3] }),
    touches: [{ kind: 'call', daysAgo: 12, title: '近況の確認', body: '利用は順調。' }],
  });

/** Uses one product with all its might; two more would fit. */
export const singleProduct = (): AccountPlan =>
  story({
    name: 'Granite & Finch Builders',
    domain: 'granite-finch.example',
    language: 'en',
    industry: 'CONSTRUCTION',
    csm: 2,
    employees: 520,
    plan: 'Enterprise',
    seats: 70,
    featuresInPlan: 18,
    startDaysAgo: 620,
    renewalInDays: 108,
    sentiment: 'HEALTHY',
    mrr: [{ product: 'CRM', plan: 'Enterprise', months: growing(390_000, 480_000, 20) }],
    usage: usage({ logins: level(330), users: level(61), features: level(14), wobble: [0, 11, -6, 4] }),
    nps: [{ daysAgo: 44, score: 10, comment: 'Support answers quickly' }],
    touches: [{ kind: 'meeting', daysAgo: 17, title: 'Quarterly review', body: 'Asked about marketing automation.' }],
  });
