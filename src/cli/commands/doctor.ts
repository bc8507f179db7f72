/** Is everything as it should be, and if not, what mends it. */
import type { HygieneFinding } from '../../book/hygiene.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { formatDay, formatMonth, formatNumber, formatPercent, formatSpan } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type Check, examine } from '../../workspace/doctor.ts';
import { driftText } from '../../workspace/drift.ts';
import type { Context, Run } from '../context.ts';
import { withAnySession } from '../desk.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { explain } from '../explain.ts';
import { writeJson } from '../print.ts';

/** Examples of a finding: for scripts, and for people. */
const LISTED = 20;
const SHOWN = 3;

export const run: Run = (context) =>
  withAnySession(context, async (session) => {
    const { checks, data } = await examine(session);
    const told = checks.map((check) => ({ id: check.id, state: check.state, ...words(context, check) }));
    if (context.json) writeJson(context, { checks: told, data: data.map(findingJson) });
    else {
      for (const { state, message, fix } of told)
        context.stdout.write(`${state.padEnd(4)}  ${message}${fix === null ? '' : `\n      ${fix}`}\n`);
      for (const finding of data) context.stdout.write(findingText(context, finding));
      if (data.length === 0) context.stdout.write(`ok    ${t(context.lang, 'cli.doctor.no_data')}\n`);
    }
    return codeOf(checks, context);
  });

const findingJson = ({ code, count, items }: HygieneFinding): Record<string, unknown> => ({
  code,
  count,
  examples: items.slice(0, LISTED).map(({ accountId, name, url, value }) => ({ id: accountId ?? name, name, url, value })),
});

function findingText({ lang }: Context, { code, count, items }: HygieneFinding): string {
  const head = t(lang, 'setup.doctor.data', { what: t(lang, `setup.hygiene.${code}`), n: count });
  const lines = items.slice(0, SHOWN).map(({ name, url, value }) => {
    const what = value === null || value === '' ? '' : ` (${clean(value, { max: 40 })})`;
    return `      ${clean(name)}${what}  ${url}\n`;
  });
  const more = count > lines.length ? `      ${t(lang, 'setup.doctor.more', { n: count - lines.length })}\n` : '';
  return `warn  ${head} [${code}]\n${lines.join('')}${more}`;
}

/** A connection that fails ends with the code of its failure, anything else that fails with 1. */
function codeOf(checks: readonly Check[], context: Context): ExitCode {
  for (const check of checks) if (check.id === 'connection' && check.state === 'fail') return explain(check.error, context.lang).code;
  return checks.some(({ state }) => state === 'fail') ? EXIT.failed : EXIT.done;
}

interface Words {
  readonly message: string;
  readonly fix: string | null;
}

function words({ lang }: Context, check: Check): Words {
  const fine = (message: string): Words => ({ message, fix: null });
  const warned = (message: string, fix: string): Words => ({ message, fix: check.state === 'ok' ? null : fix });
  switch (check.id) {
    case 'runtime':
      return fine(t(lang, 'cli.doctor.node', { version: check.node, sqlite: check.sqlite }));
    case 'proxy':
      return fine(
        check.proxy === null ? t(lang, 'setup.doctor.proxy.none') : t(lang, 'cli.doctor.proxy', { proxy: cleanLine(check.proxy) }),
      );
    case 'connection':
      if (check.state === 'fail') return fine(explain(check.error, lang).message);
      if (check.state === 'warn') return fine(t(lang, 'cli.doctor.offline'));
      return fine(t(lang, 'cli.doctor.connected', { portal: clean(check.portalId) }));
    case 'clock':
      return warned(t(lang, 'setup.doctor.clock', { seconds: check.seconds }), t(lang, 'setup.doctor.clock.fix'));
    case 'limits': {
      if ('unknown' in check) return fine(t(lang, 'setup.doctor.limits.unknown'));
      const { used, max } = check;
      const percent = formatPercent(max === 0 ? 0 : used / max);
      return warned(
        t(lang, 'setup.doctor.limits', { used: formatNumber(used), max: formatNumber(max), percent }),
        t(lang, 'setup.doctor.limits.fix'),
      );
    }
    case 'scopes': {
      const list = check.gaps.map(({ object, scopes }) => `${clean(object)}${scopes.length > 0 ? ` (${clean(scopes.join(' / '))})` : ''}`);
      if (list.length === 0) return fine(t(lang, 'setup.doctor.access'));
      return warned(t(lang, 'setup.doctor.access.missing', { list: list.join(', ') }), t(lang, 'setup.doctor.access.fix'));
    }
    case 'store':
      if (check.state === 'warn') return warned(t(lang, 'cli.error.never_synced'), 'kizashi sync');
      return fine(t(lang, 'cli.doctor.store', { accounts: check.accounts, age: age(lang, check.syncedAt) }));
    case 'files':
      if (check.damaged === null) return fine(t(lang, 'setup.doctor.sound'));
      return warned(t(lang, 'setup.doctor.damaged', { file: cleanLine(check.damaged) }), 'kizashi sync --full');
    case 'mapping': {
      const text = driftText(check.drift, lang);
      const [first] = check.drift;
      const meant = first?.suggestions[0];
      return warned(
        text ?? t(lang, 'setup.doctor.mapping'),
        first && meant ? `kizashi init --map ${first.key}=${clean(meant)}` : 'kizashi init',
      );
    }
    case 'coverage':
      return warned(t(lang, 'cli.doctor.coverage', { percent: formatPercent(check.share) }), 'kizashi init');
    case 'history':
      if (check.from === null) return warned(t(lang, 'setup.doctor.history.none'), 'kizashi init');
      return fine(t(lang, 'setup.doctor.history', { month: formatMonth(check.from, lang, 'full') }));
    case 'marks':
      return warned(marksText(lang, check.probe), 'kizashi outbox probe ACCOUNT');
    case 'outbox':
      return warned(t(lang, 'cli.doctor.outbox', { n: check.unsent }), 'kizashi outbox list');
  }
}

function marksText(lang: Context['lang'], probe: Extract<Check, { id: 'marks' }>['probe']): string {
  if (probe === null) return t(lang, 'setup.doctor.marks.none');
  const lag = (ms: number | null) => (ms === null ? t(lang, 'outbox.probe.lag.none') : t(lang, 'outbox.probe.lag', { ms }));
  return t(lang, probe.markSurvives ? `setup.doctor.marks.${probe.way}` : 'setup.doctor.marks.lost', {
    when: formatDay(probe.on, lang),
    listed: lag(probe.listedAfterMs),
    searched: lag(probe.searchedAfterMs),
  });
}

const age = (lang: Context['lang'], syncedAt: number | null): string =>
  syncedAt === null ? t(lang, 'cli.list.never') : formatSpan(Math.max(0, (Date.now() - syncedAt) / 1000), lang);
