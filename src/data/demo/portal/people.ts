/** Owners of the portal: four success managers in two teams, and the sales people who hold `hubspot_owner_id`. */
import type { Instant } from '../../../units/day.ts';
import type { OwnerState } from '../state.ts';

const EAST = { id: '9101', name: '東日本CS', primary: true };
const GLOBAL = { id: '9102', name: 'グローバルCS', primary: true };
const SALES = { id: '9110', name: '営業', primary: true };

const owner = (
  id: string,
  userId: number,
  lastName: string,
  firstName: string,
  email: string,
  team: OwnerState['teams'][number],
  archived = false,
): OwnerState => ({ id, userId, email, firstName, lastName, teams: [team], archived, createdAt: 0 as Instant });

/** Each with the share of the book they carry. */
export const CSMS: readonly { readonly owner: OwnerState; readonly share: number }[] = [
  { owner: owner('76400011', 5120077, '田中', '', 'tanaka@demo.example', EAST), share: 41 },
  { owner: owner('76400012', 5120078, '佐々木', '', 'sasaki@demo.example', EAST), share: 56 },
  { owner: owner('76400013', 5120091, 'Clarke', '', 'clarke@demo.example', GLOBAL), share: 44 },
  { owner: owner('76400014', 5120102, '森', '', 'mori@demo.example', GLOBAL), share: 52 },
];

export const SALES_OWNERS: readonly OwnerState[] = [
  owner('76400021', 5120201, '高橋', '', 'takahashi@demo.example', SALES),
  owner('76400022', 5120202, 'Patel', '', 'patel@demo.example', SALES),
  owner('76400023', 5120203, '小林', '', 'kobayashi@demo.example', SALES),
];

const FORMER_OWNER: OwnerState = owner('76400009', 5120015, '大野', '', 'ohno@demo.example', EAST, true);

/** Ascending by id, as the API lists them. */
export const OWNERS: readonly OwnerState[] = [FORMER_OWNER, ...CSMS.map((csm) => csm.owner), ...SALES_OWNERS];
