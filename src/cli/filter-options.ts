/** The filters of `list` and `export`, read from the command line and checked. */
import { type Choice, SORTS } from '../book/filters.ts';
import { HORIZONS } from '../book/horizon.ts';
import type { Tier } from '../policy.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { type Context, flag, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { wholeOption } from './whole.ts';

const TIERS = ['high', 'low', 'tech'] as const;
const BANDS = ['critical', 'high', 'watch', 'low', 'unknown'] as const;

export interface ListOptions extends Choice {
  /** As typed: `me`, an e-mail address, an id or `all`. */
  readonly owner: string | null;
  readonly limit: number | null;
  readonly capacity: number | null;
}

/** Throws `CommandError` (usage) for a value outside its list. */
export function listOptions(context: Context, invocation: Invocation): ListOptions {
  const among = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const value = option(invocation, name);
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      throw new CommandError(
        EXIT.usage,
        t(context.lang, 'cli.error.not_among', { option: `--${name}`, value: clean(value), allowed: allowed.join(', ') }),
      );
    }
    return found;
  };
  const whole = (name: string, suffix?: string): number | null => wholeOption(context, invocation, name, suffix);
  const tier: Tier | undefined = among('tier', TIERS);
  const band = among('band', BANDS);
  const renewalWithin = whole('renewal-within', 'd');
  // `--product "$WHICH"` of a variable that is not set must not choose everybody.
  const text = (name: string): string | undefined => {
    const value = option(invocation, name);
    if (value?.trim() !== '') return value;
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.option_missing_argument', { value: flagOf(name) }));
  };
  const customerGrade = text('customerGrade');
  const [team, signal, segment, industry] = ['team', 'signal', 'segment', 'industry'].map(text);
  const [product, plan, query] = ['product', 'plan', 'query'].map(text);
  return {
    filter: {
      ...(tier === undefined ? {} : { tier }),
      ...(customerGrade === undefined ? {} : { customerGrade }),
      ...(band === undefined ? {} : { band }),
      ...(renewalWithin === null ? {} : { renewalWithin }),
      ...(team === undefined ? {} : { team }),
      ...(signal === undefined ? {} : { signal }),
      ...(segment === undefined ? {} : { segment }),
      ...(industry === undefined ? {} : { industry }),
      ...(product === undefined ? {} : { product }),
      ...(plan === undefined ? {} : { plan }),
      ...(query === undefined ? {} : { query }),
      ...(flag(invocation, 'includeSnoozed') ? { includeSnoozed: true } : {}),
    },
    owner: text('owner') ?? null,
    sort: among('sort', SORTS) ?? 'priority',
    horizon: among('horizon', HORIZONS) ?? 'days',
    limit: whole('limit'),
    capacity: whole('capacity'),
  };
}

const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The options that chose the rows, by their names: what a later difference compares. */
export function askedFor({ filter, owner, sort, horizon, limit }: ListOptions): Readonly<Record<string, string | number | boolean>> {
  return {
    ...(owner === null ? {} : { owner }),
    ...filter,
    ...(sort === 'priority' ? {} : { sort }),
    ...(horizon === 'days' ? {} : { horizon }),
    ...(limit === null ? {} : { limit }),
  };
}
