/** Names that try things on a terminal, a spreadsheet or a table's columns. The companies behind them are unremarkable. */
import { level, mrrLine, usage } from '../curves.ts';
import type { AccountPlan } from '../plan.ts';
import { story } from './story.ts';

const NAMES: readonly string[] = [
  '\u001b[31m赤い会社\u001b[0m\u001b]0;title\u0007',
  'Clipboard \u001b]52;c;ZXZpbA==\u0007 Trading',
  '=HYPERLINK("https://evil.example","click")',
  '+81 コンサルティング',
  '@sum(1) Partners',
  '＝全角商会',
  'Evil \u202egnp.exe\u202c Works',
  '家族 👨‍👩‍👧‍👦 ホーム 👩🏽‍💻',
  '株式会社'.padEnd(80, '長い社名'),
  'Tab\tNew\nLine\u0000 & Sons\u009b2J',
];

export const hostile: readonly (() => AccountPlan)[] = NAMES.map((name, index) => () => {
  const logins = 18 + index * 4;
  return story({
    name,
    domain: `h${index + 1}.example`,
    csm: index % 4,
    plan: 'Starter',
    seats: 8,
    featuresInPlan: 6,
    employees: 12 + index * 9,
    startDaysAgo: 420 + index * 31,
    renewalInDays: 40 + index * 27,
    mrr: [{ product: 'CRM', plan: 'Starter', months: mrrLine({ now: 42_000 + index * 3_000 }) }],
    usage: usage({ logins: level(logins), users: level(5), features: level(3), wobble: [0, 1, -1] }),
    contacts: [{ name: index === 0 ? '\u001b[5m点滅' : '大谷', role: 'champion', title: '代表' }],
    tickets: [
      {
        daysAgo: 9 + index,
        subject: index % 2 === 0 ? '<b>表示</b> \u001b[2J が崩れる' : '=1+1 と表示される',
        content: '会社名の表示について。',
        category: 'PRODUCT_ISSUE',
        priority: 'LOW',
        closedAfterHours: 5,
        csat: 4,
      },
    ],
    touches: [{ kind: 'note', daysAgo: 13, title: '', body: '<script>alert(1)</script>5 &lt; 6 &#27;]52;c;eA==&#7;' }],
  });
});
