/** What years of use leave in a portal: a merged duplicate, a deleted company, an MRR record on nobody, a deleted one. */
import { applyChange } from '../apply.ts';
import { type Emitter, MRR_TYPE } from './emitter.ts';

export function emitLeftovers({ portal, calendar, names, add, link }: Emitter): void {
  const survivors = portal.types.get('0-2')?.order ?? [];
  const survivor = survivors[2] ?? survivors[0];
  if (survivor === undefined) return;
  const mrr = (monthsAgo: number, amount: string) => {
    const month = calendar.months[calendar.months.length - 1 - monthsAgo] ?? { day: '', at: calendar.at(1, 0) };
    return add(MRR_TYPE, month.at, {
      [names.mrrTitle.name]: 'CRM',
      [names.mrrMonth.name]: month.day,
      [names.mrrAmount.name]: amount,
      [names.mrrProduct.name]: 'CRM',
    });
  };

  const loser = add('0-2', calendar.at(210, 9), { name: '北斗精機 (重複)', domain: 'hokuto-seiki-old.example', lifecyclestage: 'lead' });
  const contact = add('0-1', calendar.at(205, 9), {
    lastname: '坂本',
    email: 'sakamoto@hokuto-seiki-old.example',
    associatedcompanyid: survivor,
  });
  link('0-1', contact.id, '0-2', loser.id);
  applyChange(portal, { kind: 'merge', type: '0-2', winner: survivor, loser: loser.id, at: calendar.at(190, 16) });

  const gone = add('0-2', calendar.at(800, 9), { name: '旧朝霧商店', domain: 'kyu-asagiri.example', lifecyclestage: 'customer' });
  const lastOfGone = mrr(9, '50000');
  link(MRR_TYPE, lastOfGone.id, '0-2', gone.id);
  applyChange(portal, { kind: 'archive', type: '0-2', id: gone.id, at: calendar.at(240, 11) });

  mrr(3, '77000');
  const deleted = mrr(4, '990000');
  link(MRR_TYPE, deleted.id, '0-2', survivor);
  applyChange(portal, { kind: 'archive', type: MRR_TYPE, id: deleted.id, at: calendar.at(30, 11) });
}
