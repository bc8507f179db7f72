/** What a JSON document must look like, told by what is wrong with it: more fields may be there, fewer may not. */

/** Problems, each with its path; none where the value fits. */
export type Shape = (value: unknown, path: string) => readonly string[];

const fits =
  (what: string, test: (value: unknown) => boolean): Shape =>
  (value, path) =>
    test(value) ? [] : [`${path} is ${JSON.stringify(value)}, not ${what}`];

const matching = (what: string, form: RegExp): Shape => fits(what, (value) => typeof value === 'string' && form.test(value));

export const text = fits('text', (value) => typeof value === 'string');
export const some = fits('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const flag = fits('true or false', (value) => typeof value === 'boolean');
export const number = fits('a number', (value) => typeof value === 'number' && Number.isFinite(value));
export const whole = fits('a whole number', Number.isInteger);
export const fraction = fits('a fraction', (value) => typeof value === 'number' && value >= 0 && value <= 1);
export const risk = fits('0 to 100', (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100);
export const day = matching('a day', /^\d{4}-\d{2}-\d{2}$/);
export const month = matching('a month', /^\d{4}-\d{2}$/);
export const instant = matching('an instant in UTC', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
export const id = matching('an id', /^\d+$/);
export const url = matching('an https URL', /^https:\/\/[^\s]+$/);
export const hash = matching('a hash', /^sha256:[0-9a-f]{64}$/);
export const among = (...words: readonly unknown[]): Shape => fits(`one of ${words.join(', ')}`, (value) => words.includes(value));

export const orNull =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? [] : shape(value, path);

export const list =
  (shape: Shape, least = 0): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return [`${path} is no list`];
    if (value.length < least) return [`${path} has ${value.length} items, not ${least}`];
    return value.flatMap((item, index) => shape(item, `${path}[${index}]`));
  };

export const pair =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) && value.length === 2 ? list(shape)(value, path) : [`${path} is no pair`];

export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
    const held = value as Readonly<Record<string, unknown>>; // Just seen to be one.
    return Object.entries(fields).flatMap(([name, shape]) =>
      Object.hasOwn(held, name) ? shape(held[name], `${path}.${name}`) : [`${path}.${name} is missing`],
    );
  };

/** Every path of a document, numbers of list items left out: what two languages must share. */
export function keysOf(value: unknown, path = '$'): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item) => keysOf(item, `${path}[]`))
    : Object.entries(value).flatMap(([name, item]) => keysOf(item, `${path}.${name}`));
  return [...new Set([path, ...inner])].sort();
}
