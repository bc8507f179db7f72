/** Whether the day on which a company is said to have left fits what it paid. MRR decides; the day is only held against it. */
import { type Account, type DataProblem, entryOn } from '../account.ts';
import { addMonths, type Day, monthOf, monthsBetween } from '../units/day.ts';
import { type MrrSeries, mrrIn } from './series.ts';

/**
 * A problem where the mapped day, as known on `asOf`, lies more than a month from every first month without MRR; null where
 * it fits, where the months that would tell are not over, and where there is no day or never was any MRR.
 */
export function churnDateProblem(account: Pick<Account, 'id' | 'attributes'>, series: MrrSeries, asOf: Day): DataProblem | null {
  const left = entryOn(account.attributes.churnOn, asOf);
  if (!left?.value || series.firstPaid === null) return null;
  const month = monthOf(left.value);
  if (monthsBetween(month, series.last) < 1) return null;
  const near = [-1, 0, 1].map((months) => addMonths(month, months));
  const fits = near.some((first) => mrrIn(series, first) === 0 && (mrrIn(series, addMonths(first, -1)) ?? 0) > 0);
  return fits ? null : { code: 'churn-date', accountId: account.id, source: left.source, value: left.value };
}
