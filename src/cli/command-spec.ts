/** What a command and an option are to the table, to commander, to completion and to the manual. */
import type { MessageKey } from '../text/messages/index.ts';
import type { Run } from './context.ts';

export interface OptionSpec {
  /** As commander reads it: `--due <day>`. */
  readonly flags: string;
  readonly summary: MessageKey;
  readonly repeat?: boolean;
  /** What a shell may complete after it: a list that never changes, or paths. */
  readonly values?: readonly string[] | 'file' | 'folder';
}

export interface CommandSpec {
  readonly name: string;
  /** As commander reads it: `<account> [play]`. */
  readonly args?: string;
  readonly summary: MessageKey;
  /** What its first argument can be, where that is a fixed list. */
  readonly words?: readonly string[];
  readonly options?: readonly OptionSpec[];
  readonly load: () => Promise<{ readonly run: Run }>;
}
