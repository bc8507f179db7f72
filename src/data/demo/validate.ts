/** What a write must satisfy. */
import { asObject, type Call, invalid } from './call.ts';
import { ACTIVITY_TYPES, typeWord } from './object-types.ts';
import type { ObjectTypeState, PropertyDefinition } from './state.ts';

const MAX_LENGTH = 65_536;

interface Flaw {
  readonly isValid: false;
  readonly message: string;
  readonly error: string;
  readonly name: string;
}

/**
 * The properties of a write as text. A null is left out: it changes nothing. Unknown names, read-only ones and values
 * that do not fit their type are refused together, as JSON inside the message.
 */
export function readProperties(call: Call, type: ObjectTypeState, raw: unknown): Record<string, string> {
  const properties: Record<string, string> = {};
  const flaws: Flaw[] = [];
  for (const [name, value] of Object.entries(asObject(raw ?? {}, 'properties'))) {
    if (value === null) continue;
    const definition = type.properties.get(name);
    const text = typeof value === 'string' ? value : String(value);
    const flaw = definition
      ? flawOf(definition, text, call)
      : { error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` };
    if (flaw) flaws.push({ isValid: false, message: flaw.message, error: flaw.error, name });
    else properties[name] = definition ? normal(definition, text) : text;
  }
  if (flaws.length > 0) {
    throw invalid(`Property values were not valid: ${JSON.stringify(flaws)}`, {
      errors: flaws.map((flaw) => ({ message: flaw.message, code: flaw.error, context: { propertyName: [flaw.name] } })),
    });
  }
  return properties;
}

function flawOf(definition: PropertyDefinition, text: string, call: Call): { error: string; message: string } | null {
  if (definition.readOnly || definition.calculated)
    return { error: 'READ_ONLY_VALUE', message: `"${definition.name}" is a read only property` };
  if (text === '') return null;
  if (text.length > MAX_LENGTH) return { error: 'INVALID_LENGTH', message: `${definition.name} is longer than ${MAX_LENGTH} characters` };
  if (definition.type === 'number' && !Number.isFinite(Number(text)))
    return { error: 'INVALID_DOUBLE', message: `${text} was not a valid number.` };
  if (definition.type === 'datetime' && !isInstant(text)) return { error: 'INVALID_DATE', message: `${text} was not a valid date.` };
  if (definition.type === 'date' && !isCalendarDay(text)) return { error: 'INVALID_DATE', message: `${text} is not at midnight UTC.` };
  if (definition.referencedObjectType === 'OWNER') {
    const known = call.world.portal.owners.some((owner) => owner.id === text);
    return known ? null : { error: 'INVALID_OWNER_ID', message: `Owner ${text} does not exist` };
  }
  if (definition.type === 'enumeration' && definition.options.length > 0) {
    const bad = text.split(';').find((part) => !definition.options.some((option) => option.value === part));
    if (bad !== undefined) return { error: 'INVALID_OPTION', message: `${bad} was not one of the allowed options` };
  }
  return null;
}

const toInstant = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Date.parse(text));
const isInstant = (text: string): boolean => Number.isFinite(toInstant(text)) && Math.abs(toInstant(text)) < 8.64e15;
const isCalendarDay = (text: string): boolean => isInstant(text) && toInstant(text) % 86_400_000 === 0;

/** Datetimes read back as ISO UTC, dates as calendar days. */
function normal(definition: PropertyDefinition, text: string): string {
  if (text === '' || (definition.type !== 'datetime' && definition.type !== 'date')) return text;
  const iso = new Date(toInstant(text)).toISOString();
  return definition.type === 'date' ? iso.slice(0, 10) : iso;
}

/** Activities need their time; custom objects what their schema says; every object what an admin demands of it. */
export function assertRequired(call: Call, type: ObjectTypeState, properties: Readonly<Record<string, string>>): void {
  const demanded = call.version === '2026-09' ? (type.demanded ?? []).filter((name) => !properties[name]) : [];
  if (demanded.length > 0) {
    throw invalid(`Some required properties were not set: ${demanded.join(', ')}`, {
      errors: demanded.map((name) => ({
        message: `${name} is required`,
        code: 'MISSING_REQUIRED_PROPERTY',
        context: { propertyName: [name] },
      })),
    });
  }
  const required = ACTIVITY_TYPES.has(type.id) ? ['hs_timestamp'] : (type.custom?.requiredProperties ?? []);
  const missing = required.filter((name) => !properties[name]);
  if (missing.length === 0) return;
  const message = `Error creating ${typeWord(type.id)}. Some required properties were not set.`;
  throw invalid(message, { errors: [{ message, context: { properties: missing } }] });
}
