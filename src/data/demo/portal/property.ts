/** How property definitions are written down: one row each. */
import type { PropertyDefinition } from '../state.ts';
import type { Named } from './naming.ts';

type Kind = 'string' | 'text' | 'number' | 'money' | 'date' | 'datetime' | 'bool' | 'owner' | readonly (readonly [string, string])[];

interface Extras {
  readonly readOnly?: boolean;
  readonly calculated?: boolean;
  readonly unique?: boolean;
}

const FIELD: Readonly<Record<string, readonly [PropertyDefinition['type'], string]>> = {
  string: ['string', 'text'],
  text: ['string', 'textarea'],
  number: ['number', 'number'],
  money: ['number', 'number'],
  date: ['date', 'date'],
  datetime: ['datetime', 'date'],
  owner: ['enumeration', 'select'],
};

const YES_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

function property(
  hubspotDefined: boolean,
  groupName: string,
  name: string,
  label: string,
  kind: Kind,
  extras: Extras = {},
): PropertyDefinition {
  const options = kind === 'bool' ? YES_NO : typeof kind === 'string' ? [] : kind;
  const [type, fieldType] =
    kind === 'bool'
      ? (['bool', 'booleancheckbox'] as const)
      : typeof kind === 'string'
        ? (FIELD[kind] ?? (['string', 'text'] as const))
        : (['enumeration', 'select'] as const);
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    options: options.map(([value, text]) => ({ value, label: text })),
    hubspotDefined,
    calculated: extras.calculated ?? false,
    readOnly: extras.readOnly ?? false,
    hasUniqueValue: extras.unique ?? false,
    externalOptions: kind === 'owner',
    referencedObjectType: kind === 'owner' ? 'OWNER' : null,
    showCurrencySymbol: kind === 'money',
  };
}

export type Row = readonly [name: string, label: string, kind: Kind, extras?: Extras];
type OwnRow = readonly [named: Named, kind: Kind, extras?: Extras];

export const standard = (group: string, rows: readonly Row[]): PropertyDefinition[] =>
  rows.map(([name, label, kind, extras]) => property(true, group, name, label, kind, extras));
export const own = (group: string, rows: readonly OwnRow[]): PropertyDefinition[] =>
  rows.map(([{ name, label }, kind, extras]) => property(false, group, name, label, kind, extras));

export const READ_ONLY: Extras = { readOnly: true };
export const CALCULATED: Extras = { readOnly: true, calculated: true };
export const same = (...values: readonly string[]): readonly (readonly [string, string])[] => values.map((value) => [value, value]);

/** What every record has. */
export const envelope = (group: string, modified = 'hs_lastmodifieddate'): PropertyDefinition[] =>
  standard(group, [
    ['hs_object_id', 'Record ID', 'number', READ_ONLY],
    ['hs_createdate', 'Object create date/time', 'datetime', READ_ONLY],
    [modified, 'Last Modified Date', 'datetime', READ_ONLY],
    ['hs_merged_object_ids', 'Merged record IDs', 'string', READ_ONLY],
    ['hubspot_team_id', 'Team', 'string', READ_ONLY],
    ['hubspot_owner_id', 'Owner', 'owner'],
  ]);

export const CREATEDATE: Row = ['createdate', 'Create Date', 'datetime', READ_ONLY];
