/** The modes of the screens over revenue. */
import { REVENUE_SCREENS } from '../screens/revenue/kit.ts';
import type { Mode } from './state.ts';

export const REVENUE_MODES: readonly Mode[] = [...REVENUE_SCREENS, 'behind'];
