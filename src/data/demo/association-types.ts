/** Which association type ids stand for a pair of object types. */

export interface AssociationType {
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED';
  readonly typeId: number;
  readonly label: string | null;
}

interface PairTypes {
  readonly plain: number;
  /** The labelled type of the first ("primary") company. */
  readonly primary?: number;
}

const pairs = new Map<string, PairTypes>();

/** Both directions of a pair. */
const pair = (from: string, to: string, forward: PairTypes, back: PairTypes): void => {
  pairs.set(`${from}>${to}`, forward);
  pairs.set(`${to}>${from}`, back);
};

// Activities: the inverse is one below.
const ACTIVITY_TARGETS = ['0-1', '0-2', '0-3', '0-5'];
const ACTIVITY_IDS: Readonly<Record<string, readonly number[]>> = {
  '0-46': [202, 190, 214, 228],
  '0-27': [204, 192, 216, 230],
  '0-48': [194, 182, 206, 220],
  '0-47': [200, 188, 212, 226],
  '0-49': [198, 186, 210, 224],
};
for (const [activity, ids] of Object.entries(ACTIVITY_IDS)) {
  ids.forEach((id, index) => {
    pair(activity, ACTIVITY_TARGETS[index] ?? '', { plain: id }, { plain: id - 1 });
  });
}

pair('0-1', '0-2', { plain: 279, primary: 1 }, { plain: 280, primary: 2 });
pair('0-3', '0-2', { plain: 341, primary: 5 }, { plain: 342, primary: 6 });
pair('0-5', '0-2', { plain: 339, primary: 26 }, { plain: 340, primary: 25 });
pair('0-1', '0-3', { plain: 4 }, { plain: 3 });
pair('0-1', '0-5', { plain: 15 }, { plain: 16 });
pair('0-3', '0-5', { plain: 27 }, { plain: 28 });
pair('0-3', '0-8', { plain: 19 }, { plain: 20 });
pair('0-14', '0-8', { plain: 67 }, { plain: 68 });
pair('0-14', '0-3', { plain: 64 }, { plain: 63 });
// The guides give no ids for subscriptions; readers ask by type names.
pair('0-69', '0-2', { plain: 298 }, { plain: 297 });
pair('0-1', '0-19', { plain: 97 }, { plain: 98 });
pair('0-5', '0-19', { plain: 99 }, { plain: 100 });

/** Custom objects get portal-specific ids. */
const customPair = (from: string, to: string): PairTypes | undefined => {
  const [custom, other] = from.startsWith('2-') ? [from, to] : [to, from];
  if (!custom.startsWith('2-') || other !== '0-2') return undefined;
  const base = 9_000 + Number(custom.slice(2)) * 2;
  return { plain: from === custom ? base : base + 1 };
};

const lookUp = (from: string, to: string): PairTypes | undefined => pairs.get(`${from}>${to}`) ?? customPair(from, to);

export const canAssociate = (from: string, to: string): boolean => lookUp(from, to) !== undefined;

/** Whether `from → to` has a labelled type for the primary company. */
export const hasPrimary = (from: string, to: string): boolean => lookUp(from, to)?.primary !== undefined;

/** The types of one link; a primary link carries two. */
export function associationTypes(from: string, to: string, primary: boolean): readonly AssociationType[] {
  const types = lookUp(from, to);
  if (!types) return [];
  const category = from.startsWith('2-') || to.startsWith('2-') ? 'USER_DEFINED' : 'HUBSPOT_DEFINED';
  const plain: AssociationType = { category, typeId: types.plain, label: null };
  return primary && types.primary !== undefined ? [{ category, typeId: types.primary, label: 'Primary' }, plain] : [plain];
}

/** Every type that `from → to` knows. */
export const allAssociationTypes = (from: string, to: string): readonly AssociationType[] => associationTypes(from, to, true);
