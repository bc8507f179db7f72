/** What every command is given: the global options, checked, and the streams. */
import type { Lang } from '../text/messages/index.ts';
import type { Day } from '../units/day.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface Context extends Streams {
  readonly env: NodeJS.ProcessEnv;
  readonly lang: Lang;
  readonly home: string | null;
  readonly profile: string;
  readonly demo: boolean;
  /** null: today in the portal's zone. */
  readonly asOf: Day | null;
  readonly offline: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whoever sits at the terminal is told in sentences, not shown columns. */
  readonly sentences: boolean;
  /** Names and evidence may be links: on a terminal that makes some. */
  readonly links: boolean;
  /** The worker's bundle, beside the entry's. */
  readonly worker: URL;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** One command: what it was given after the global options were taken out. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** Gives the exit code; throws `CommandError` to end with a message. */
export type Run = (context: Context, invocation: Invocation) => Promise<number>;

export const option = (invocation: Invocation, name: string): string | undefined => {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
};

export const flag = (invocation: Invocation, name: string): boolean => invocation.options[name] === true;

export const many = (invocation: Invocation, name: string): readonly string[] => {
  const value = invocation.options[name];
  return Array.isArray(value) ? value : [];
};
