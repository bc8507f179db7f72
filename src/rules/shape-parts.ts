/** What shapes are made of. */

/** The part of JSON Schema (2020-12) that a policy needs. */
export interface Shape {
  readonly $ref?: '#/$defs/condition' | '#/$defs/play' | '#/$defs/template';
  readonly type?: ShapeType | readonly ShapeType[];
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Exactly one of these keys. */
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
  readonly additionalProperties?: false | Shape;
}

export type ShapeType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';

export const number = (description: string, limits: Pick<Shape, 'minimum' | 'maximum' | 'exclusiveMinimum'> = {}): Shape => ({
  type: 'number',
  description,
  ...limits,
});
export const share = (description: string): Shape => number(description, { minimum: 0, maximum: 1 });
export const days = (description: string): Shape => ({ type: 'integer', description, minimum: 1, maximum: 3660 });
export const text = (description: string): Shape => ({ type: 'string', description, minLength: 1 });
export const object = (
  properties: Readonly<Record<string, Shape>>,
  rest: Pick<Shape, 'description' | 'required' | 'oneOf' | 'additionalProperties'> = {},
): Shape => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...rest,
});
export const mapOf = (value: Shape, description: string, properties: Readonly<Record<string, Shape>> = {}): Shape => ({
  type: 'object',
  description,
  properties,
  additionalProperties: value,
});

export const bilingual = (description: string): Shape => ({
  type: ['string', 'object'],
  description: `${description}: one text, or one in each language`,
  minLength: 1,
  properties: { en: text('English'), ja: text('Japanese') },
  required: ['en', 'ja'],
  additionalProperties: false,
});
