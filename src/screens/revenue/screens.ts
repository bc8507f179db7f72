/** The screens over revenue by name. */
import { churnScreen } from './churn.ts';
import { cohortsScreen } from './cohorts.ts';
import type { RevenueScreen, RevenueScreenName } from './kit.ts';
import { movementsScreen } from './movements.ts';
import { productsScreen } from './products.ts';

export const revenueScreens: Readonly<Record<RevenueScreenName, RevenueScreen>> = {
  revenue: movementsScreen,
  churn: churnScreen,
  cohorts: cohortsScreen,
  products: productsScreen,
};
