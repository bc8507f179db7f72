/** Is everything as it should be, and if not, what mends it. */
import { clean, cleanLine } from '../../text/clean.ts';
import { formatPercent, formatSpan } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type Check, examine } from '../../workspace/doctor.ts';
import type { Context, Run } from '../context.ts';
import { withAnySession } from '../desk.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { explain } from '../explain.ts';
import { writeJson } from '../print.ts';

export const run: Run = (context) =>
  withAnySession(context, async (session) => {
    const { checks, data } = await examine(session);
    const told = checks.map((check) => ({ id: check.id, state: check.state, ...words(context, check) }));
    if (context.json) writeJson(context, { checks: told, data });
    else {
      for (const { state, message, fix } of told)
        context.stdout.write(`${state.padEnd(4)}  ${message}${fix === null ? '' : `\n      ${fix}`}\n`);
      for (const finding of data) {
        const [example] = finding.examples;
        const text = example ? `${clean(example.name)} ${example.url}` : '–';
        context.stdout.write(`warn  ${t(context.lang, 'cli.doctor.data', { code: finding.code, count: finding.count, example: text })}\n`);
      }
      if (data.length === 0) context.stdout.write(`ok    ${t(context.lang, 'cli.doctor.no_data')}\n`);
    }
    return codeOf(checks, context);
  });

/** A connection that fails ends with the code of its failure. */
function codeOf(checks: readonly Check[], context: Context): ExitCode {
  for (const check of checks) if (check.state === 'fail') return explain(check.error, context.lang).code;
  return EXIT.done;
}

function words({ lang }: Context, check: Check): { readonly message: string; readonly fix: string | null } {
  switch (check.id) {
    case 'runtime':
      return { message: t(lang, 'cli.doctor.node', { version: check.node, sqlite: check.sqlite }), fix: null };
    case 'proxy':
      return { message: t(lang, 'cli.doctor.proxy', { proxy: cleanLine(check.proxy) }), fix: null };
    case 'connection':
      if (check.state === 'fail') return { message: explain(check.error, lang).message, fix: null };
      if (check.state === 'warn') return { message: t(lang, 'cli.doctor.offline'), fix: null };
      return { message: t(lang, 'cli.doctor.connected', { portal: clean(check.portalId) }), fix: null };
    case 'store':
      if (check.state === 'warn') return { message: t(lang, 'cli.error.never_synced'), fix: 'kizashi sync' };
      return { message: t(lang, 'cli.doctor.store', { accounts: check.accounts, age: age(lang, check.syncedAt) }), fix: null };
    case 'coverage':
      return {
        message: t(lang, 'cli.doctor.coverage', { percent: formatPercent(check.share) }),
        fix: check.state === 'warn' ? 'kizashi init' : null,
      };
    case 'outbox':
      return { message: t(lang, 'cli.doctor.outbox', { n: check.unsent }), fix: check.state === 'warn' ? 'kizashi outbox list' : null };
  }
}

const age = (lang: Context['lang'], syncedAt: number | null): string =>
  syncedAt === null ? t(lang, 'cli.list.never') : formatSpan(Math.max(0, (Date.now() - syncedAt) / 1000), lang);
