/** The standard plays: what a signal calls for, by the id that a rule names. */
import type { Bilingual } from '../policy.ts';

export interface Play {
  readonly id: string;
  readonly label: Bilingual;
}

export const PLAYS: readonly Play[] = [
  { id: 're-engage', label: { en: 'Re-engage dormant account', ja: '休眠アカウントの再活性化' } },
  { id: 'adoption', label: { en: 'Adoption session', ja: '活用促進セッション' } },
  { id: 'activation', label: { en: 'Finish onboarding', ja: '導入の完了支援' } },
  { id: 'support-recovery', label: { en: 'Support recovery', ja: 'サポートの立て直し' } },
  { id: 'price-talk', label: { en: 'Value and price talk', ja: '価値と価格の相談' } },
  { id: 'payment-followup', label: { en: 'Payment follow-up', ja: '支払いの確認' } },
  { id: 'champion-change', label: { en: 'Champion change', ja: '推進者交代' } },
  { id: 'multi-thread', label: { en: 'Widen the contacts', ja: '窓口を広げる' } },
  { id: 'renewal-plan', label: { en: 'Renewal plan', ja: '更新計画' } },
  { id: 'executive-checkin', label: { en: 'Executive check-in', ja: '責任者との面談' } },
  { id: 'competitor', label: { en: 'Competitor response', ja: '競合への対応' } },
  { id: 'feature-request', label: { en: 'Feature request follow-up', ja: '機能要望の対応' } },
  { id: 'cross-sell', label: { en: 'Second product', ja: '2つ目の製品の提案' } },
  { id: 'expansion', label: { en: 'Expansion talk', ja: '拡大の提案' } },
  { id: 'celebrate', label: { en: 'Celebrate and ask for a reference', ja: '成果の共有と紹介のお願い' } },
];

const BY_ID: ReadonlyMap<string, Play> = new Map(PLAYS.map((play) => [play.id, play]));

/** Null for an id that the catalogue does not have. */
export const playById = (id: string): Play | null => BY_ID.get(id) ?? null;
