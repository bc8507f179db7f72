/** Short ways to say an evidence value. */

import type { EvidenceValue, EvidenceWord } from '../../text/evidence.ts';
import type { Day, Month } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';

export const number = (value: number, digits = 0): EvidenceValue => ({ kind: 'number', value, digits });
/** `value` is a fraction. */
export const percent = (value: number, digits = 0): EvidenceValue => ({ kind: 'percent', value, digits });
export const money = (value: Money, currency: string): EvidenceValue => ({ kind: 'money', value, currency });
export const day = (value: Day): EvidenceValue => ({ kind: 'day', value });
export const month = (value: Month): EvidenceValue => ({ kind: 'month', value });
export const text = (value: string): EvidenceValue => ({ kind: 'text', value });
export const word = (value: EvidenceWord): EvidenceValue => ({ kind: 'word', value });

/** Stands where there is no day to name. */
export const NONE: EvidenceValue = text('–');
