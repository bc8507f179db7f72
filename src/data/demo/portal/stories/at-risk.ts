/** Large accounts that are sliding, each in its own way. */
import { growing, level, mrrLine, usage } from '../curves.ts';
import type { AccountPlan } from '../plan.ts';
import { story } from './story.ts';

/** Unused for 42 days with a high contract: SFA dropped, the champion left, nobody knows the product any more. */
export const dormant = (): AccountPlan =>
  story({
    name: '株式会社あおば',
    domain: 'aoba.example',
    csm: 0,
    employees: 850,
    plan: 'Enterprise',
    seats: 60,
    featuresInPlan: 18,
    goals: '全営業所で顧客情報を共有し、商談の抜け漏れをなくす',
    startDaysAgo: 1_315,
    renewalInDays: 71,
    contractValue: 6_000_000,
    sentiment: 'AT_RISK',
    reach: { opens: 0.2, visits: [1, 6], unanswered: [40, 95] },
    mrr: [
      {
        product: 'CRM',
        plan: 'Enterprise',
        months: mrrLine({
          now: 400_000,
          steps: [
            [29, 0.9],
            [14, 1],
          ],
        }),
      },
      { product: 'MA', plan: 'Enterprise', months: mrrLine({ now: 100_000, from: 20 }) },
      { product: 'SFA', plan: 'Enterprise', months: mrrLine({ now: 50_000, from: 18, until: 1 }) },
    ],
    usage: usage({
      logins: [
        [26, 96],
        [13, 88],
        [9, 41],
        [6, 12],
      ],
      users: [
        [26, 44],
        [13, 38],
        [6, 7],
      ],
      features: [
        [26, 11],
        [10, 8],
        [6, 3],
      ],
      lastUsedDaysAgo: 42,
      wobble: [0, 4, -3, 2, -5],
    }),
    contacts: [
      { name: '佐藤', role: 'champion', title: '営業企画部 課長', leftDaysAgo: 43 },
      { name: '鈴木', role: 'user', title: '営業担当' },
      { name: '高橋', role: 'executive', title: '取締役 営業本部長' },
    ],
    tickets: [
      {
        daysAgo: 14,
        subject: '操作方法の問い合わせ',
        content: '新しい担当者が機能を知らないため、使い方を一から教えてほしい。',
        category: 'GENERAL_INQUIRY',
        priority: 'MEDIUM',
        closedAfterHours: 30,
        csat: 3,
      },
      {
        daysAgo: 120,
        subject: '帳票の出力',
        content: '月次の帳票を自動で出したい。',
        category: 'FEATURE_REQUEST',
        priority: 'LOW',
        closedAfterHours: 8,
        csat: 5,
      },
    ],
    nps: [{ daysAgo: 149, score: 9, comment: '営業会議の準備が短くなった' }],
    touches: [
      { kind: 'email-in', daysAgo: 2, title: 'Re: 利用状況のご相談', body: '担当が変わり、まだ引き継ぎができていません。', by: 1 },
      {
        kind: 'email-out',
        daysAgo: 5,
        title: '利用状況のご相談',
        body: 'ここ一か月のご利用がないようです。お困りのことはございませんか。',
        by: 1,
      },
      { kind: 'meeting', daysAgo: 50, title: 'QBR', body: '佐藤様が月末で退職予定。後任は未定。', by: 0 },
      { kind: 'call', daysAgo: 85, title: 'MAの活用相談', body: 'メール配信の設定を説明。', by: 0 },
      { kind: 'task', daysAgo: -2, title: '利用状況の振り返りを送る', body: '', done: false },
    ],
  });

/** Sliding since the champion left: logins 41 → 22 a week, 11 of 36 seats, MRR −6 %, satisfaction falling, renewal ahead. */
export const sliding = (): AccountPlan =>
  story({
    name: 'Northwind Logistics K.K.',
    domain: 'northwind-logistics.example',
    language: 'en',
    industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
    csm: 0,
    employees: 310,
    seats: 36,
    goals: 'One view of every shipment’s customer',
    startDaysAgo: 1_033,
    renewalInDays: 62,
    contractValue: 4_920_000,
    sentiment: 'AT_RISK',
    mrr: [
      {
        product: 'CRM',
        plan: 'Standard',
        months: mrrLine({
          now: 284_000,
          steps: [
            [29, 0.7],
            [21, 0.85],
            [14, 1.09],
            [1, 1],
          ],
        }),
      },
      { product: 'MA', plan: 'Standard', months: mrrLine({ now: 100_000, from: 16 }) },
    ],
    usage: usage({
      logins: [
        [26, 44],
        [13, 41],
        [5, 41],
        [4, 22],
      ],
      users: [
        [26, 21],
        [12, 20],
        [5, 18],
        [4, 11],
      ],
      features: [
        [26, 8],
        [10, 7],
        [4, 5],
      ],
      wobble: [0, 1, -1],
    }),
    contacts: [
      { name: 'Mercer', role: 'champion', title: 'CRM Lead', leftDaysAgo: 41 },
      { name: 'Okafor', role: 'user', title: 'Dispatcher' },
      { name: 'Lindqvist', role: 'executive', title: 'COO' },
    ],
    tickets: [
      {
        daysAgo: 12,
        subject: 'Nobody can edit the workflow',
        content: 'The only admin has left. How do we get access?',
        category: 'PRODUCT_ISSUE',
        priority: 'HIGH',
        closedAfterHours: 70,
        csat: 2,
        escalated: true,
      },
      {
        daysAgo: 27,
        subject: 'Duplicate companies after import',
        content: 'Every customer is there twice now.',
        category: 'PRODUCT_ISSUE',
        priority: 'MEDIUM',
        closedAfterHours: 52,
        csat: 3,
      },
      {
        daysAgo: 48,
        subject: 'Report numbers do not match',
        content: 'The weekly report shows other totals than the list.',
        category: 'PRODUCT_ISSUE',
        priority: 'MEDIUM',
        closedAfterHours: 44,
        csat: 3,
        reopened: true,
      },
      {
        daysAgo: 80,
        subject: 'Adding two users',
        content: 'Please add two seats for the Osaka depot.',
        category: 'GENERAL_INQUIRY',
        priority: 'LOW',
        closedAfterHours: 4,
        csat: 4,
      },
    ],
    nps: [
      { daysAgo: 149, score: 9, comment: 'Saves us an hour a day', by: 1 },
      { daysAgo: 18, score: 5, comment: 'Nobody here knows how to use it any more', by: 1 },
    ],
    touches: [
      { kind: 'email-out', daysAgo: 9, title: 'Your renewal in January', body: 'Could we meet before the holidays?', by: 2 },
      { kind: 'call', daysAgo: 20, title: 'Check-in', body: 'No answer.', done: false, by: 1 },
      { kind: 'meeting', daysAgo: 55, title: 'Quarterly review', body: 'Mercer is leaving in October; no successor named.', by: 0 },
      { kind: 'meeting', daysAgo: 140, title: 'Quarterly review', body: 'Happy with the dispatch board.', by: 0 },
    ],
    renewalDeal: true,
  });

/** A wave of tickets and complaints about the price, on a monthly contract that can end any time. */
export const complaining = (): AccountPlan =>
  story({
    name: 'みなと物流ホールディングス',
    reach: { opens: 0.45, visits: [14, 9], cancelViews: [4, 6], pricingViews: [6, 9] },
    priceRaise: { daysAgo: 35, percent: 8 },
    domain: 'minato-butsuryu.example',
    industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
    csm: 0,
    employees: 640,
    seats: 28,
    startDaysAgo: 820,
    termMonths: 1,
    renewalInDays: null,
    billing: 'monthly',
    mrr: [
      { product: 'CRM', plan: 'Standard', months: growing(92_000, 150_000, 26) },
      { product: 'SFA', plan: 'Standard', months: growing(40_000, 60_000, 14) },
    ],
    usage: usage({ logins: level(104), users: level(19), features: level(7), wobble: [0, 6, -4, 3, -8] }),
    tickets: [
      {
        daysAgo: 2,
        subject: '配送連携が止まる',
        content: '今朝から連携が止まっています。値上げされたのに品質が下がっていませんか。',
        category: 'PRODUCT_ISSUE',
        priority: 'URGENT',
        closedAfterHours: null,
        escalated: true,
      },
      {
        daysAgo: 5,
        subject: '請求金額について',
        content: '今月の請求が高くなっています。他社の見積もりも取っています。',
        category: 'BILLING_ISSUE',
        priority: 'HIGH',
        closedAfterHours: null,
      },
      {
        daysAgo: 11,
        subject: '配送連携のエラー',
        content: '同じエラーが再発しました。',
        category: 'PRODUCT_ISSUE',
        priority: 'HIGH',
        closedAfterHours: 60,
        csat: 2,
        reopened: true,
      },
      {
        daysAgo: 16,
        subject: '価格表の確認',
        content: '値下げの余地はありますか。予算の見直しがあります。',
        category: 'BILLING_ISSUE',
        priority: 'MEDIUM',
        closedAfterHours: 26,
        csat: 3,
      },
      {
        daysAgo: 23,
        subject: '配送連携のエラー',
        content: '昨日から一部の伝票が取り込まれません。',
        category: 'PRODUCT_ISSUE',
        priority: 'HIGH',
        closedAfterHours: 90,
        csat: 2,
      },
      {
        daysAgo: 55,
        subject: 'ユーザー追加',
        content: '倉庫の担当者を二名追加したい。',
        category: 'GENERAL_INQUIRY',
        priority: 'LOW',
        closedAfterHours: 3,
        csat: 5,
      },
      {
        daysAgo: 96,
        subject: '一覧の並び順',
        content: '既定の並び順を変えたい。',
        category: 'FEATURE_REQUEST',
        priority: 'LOW',
        closedAfterHours: 20,
      },
    ],
    nps: [
      { daysAgo: 160, score: 8 },
      { daysAgo: 30, score: 4, comment: '値段に見合わない' },
    ],
    touches: [
      { kind: 'call', daysAgo: 6, title: '値上げのご説明', body: '他社との比較を始めたとのこと。' },
      { kind: 'meeting', daysAgo: 33, title: '定例会', body: '連携エラーの原因を説明。' },
      { kind: 'meeting', daysAgo: -5, title: '改善のご報告', body: '' },
    ],
  });
