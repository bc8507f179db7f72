/** What a policy file names that only a portal can know: users who are to do a play's steps, properties that it changes. Pure. */
import type { PlayEntry, PolicyFile, StepEntry } from './file.ts';
import type { Fault, Path } from './problem.ts';

export interface PortalProperty {
  /** HubSpot works it out, or lets nobody write it. */
  readonly readOnly: boolean;
  /** Values that it takes; empty: any. */
  readonly options: readonly string[];
}

/** As the store knows the portal; null: it does not, and nothing is checked against it. */
export interface PortalNames {
  /** E-mail addresses of users, lower case. */
  readonly users: ReadonlySet<string> | null;
  /** Of companies, by name. */
  readonly properties: ReadonlyMap<string, PortalProperty> | null;
}

export function portalFaults(file: Pick<PolicyFile, 'plays' | 'leads'>, portal: PortalNames): readonly Fault[] {
  const { users } = portal;
  const isUnknown = (address: string): boolean => users !== null && address.includes('@') && !users.has(address.trim().toLowerCase());
  const leads = Object.entries(file.leads ?? {}).flatMap(([team, address]): Fault[] =>
    isUnknown(address) ? [{ path: ['leads', team], kind: 'no_user', params: { value: address } }] : [],
  );
  const steps = Object.entries(file.plays ?? {}).flatMap(([id, play]) => stepFaults(id, play, portal, isUnknown));
  return [...leads, ...steps];
}

function stepFaults(id: string, { steps = [] }: PlayEntry, portal: PortalNames, isUnknown: (address: string) => boolean): Fault[] {
  return steps.flatMap((step, place): Fault[] => {
    const path: Path = ['plays', id, 'steps', place];
    const assignee = step.task?.assignee;
    if (assignee !== undefined && isUnknown(assignee))
      return [{ path: [...path, 'task', 'assignee'], kind: 'no_user', params: { value: assignee } }];
    return step.property ? propertyFaults(step.property, [...path, 'property'], portal) : [];
  });
}

function propertyFaults({ name, value }: NonNullable<StepEntry['property']>, path: Path, { properties }: PortalNames): Fault[] {
  if (properties === null) return [];
  const property = properties.get(name);
  if (!property) return [{ path: [...path, 'name'], kind: 'no_property', params: { value: name } }];
  if (property.readOnly) return [{ path: [...path, 'name'], kind: 'property_read_only', params: { value: name } }];
  if (property.options.length === 0) return [];
  // What holds a fact is known only of an account.
  const values = [...new Set(typeof value === 'string' ? [value] : [value.en, value.ja])].filter((one) => !one.includes('{'));
  return values
    .filter((one) => !property.options.includes(one))
    .map((one) => ({
      path: [...path, 'value'],
      kind: 'property_option',
      params: { value: one, property: name, allowed: property.options.join(', ') },
    }));
}
