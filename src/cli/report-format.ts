/** `--format` of a report. */
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { type Context, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import type { ReportFormat } from './report.ts';

export function formatOf(context: Context, invocation: Invocation): ReportFormat {
  const value = option(invocation, 'format') ?? 'text';
  if (value === 'text' || value === 'md') return value;
  const params = { option: '--format', value: clean(value), allowed: 'text, md' };
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
}
