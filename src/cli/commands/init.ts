/** Connects a portal: token, who I am, and what its properties mean. Safe to run again. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type PortalCoverage, signalCoverage } from '../../book/coverage.ts';
import type { AnswerProblem, Discovery } from '../../data/hubspot/discovery.ts';
import { DEFAULT_POLICY } from '../../scoring/policy-default.ts';
import { MAPPING_KEYS, type Mapping, type MappingKey } from '../../settings/mapping.ts';
import { saveToken, TOKEN_VARIABLE } from '../../settings/secrets.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { formatPercent } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type Explored, explore, keepAnswers, missingKeys, ownerByEmail, propose } from '../../workspace/connect.ts';
import { TokenError } from '../../workspace/errors.ts';
import type { Profile } from '../../workspace/profile.ts';
import { openSession } from '../../workspace/session.ts';
import { readAll } from '../body.ts';
import { type Context, flag, type Invocation, many, option, type Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { table } from '../table.ts';

const SCOPES = [
  'crm.objects.companies.read',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.objects.owners.read',
  'crm.objects.custom.read',
  'crm.schemas.custom.read',
  'crm.objects.feedback_submissions.read',
  'tickets',
].join(' ');

export const run: Run = async (context, invocation) => {
  if (context.demo) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.demo_init'));
  const answers = answersOf(context, invocation);
  const profile = profileOf(context);
  const typed = await typedToken(context, invocation, profile);
  const session = openSession(
    typed === null ? profile : { ...profile, options: { ...profile.options, env: { ...context.env, [TOKEN_VARIABLE]: typed } } },
    context.signal,
  );
  try {
    const found = await explore(await session.gateway());
    const me = await whoAmI(context, invocation, profile, found);
    const proposal = propose(found.discovery, answers, profile.settings.mapping);
    if (!proposal.ok)
      throw new CommandError(
        EXIT.usage,
        t(context.lang, 'cli.error.map', { list: proposal.error.map((problem) => problemLine(problem)).join('\n') }),
      );
    const mapping = asks(context, invocation)
      ? await confirm(context, found.discovery, proposal.value.mapping, proposal.value.confirm, answers)
      : proposal.value.mapping;
    const missing = missingKeys(mapping);
    if (missing.length > 0)
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.map_needed', { list: missing.map((key) => `  ${key}`).join('\n') }));
    if (typed !== null) await keepToken(context, profile, typed);
    const settings = await keepAnswers(profile, { portal: found.portal, mapping, me: me.me, all: me.all });
    const coverage = coverageOf(found, mapping);
    if (context.json) writeJson(context, initJson(found, settings.me, mapping, coverage));
    else tell(context, found, mapping, proposal.value.confirm, coverage);
    return EXIT.done;
  } finally {
    await session.close();
  }
};

const asks = (context: Context, invocation: Invocation): boolean =>
  !flag(invocation, 'yes') && !context.json && context.stdin.isTTY === true && context.stdout.isTTY === true;

function answersOf(context: Context, invocation: Invocation): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const answer of many(invocation, 'map')) {
    const at = answer.indexOf('=');
    if (at <= 0) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.map_form', { value: clean(answer) }));
    answers[answer.slice(0, at)] = answer.slice(at + 1);
  }
  return answers;
}

/** A token typed or piped in just now; null where the environment or an earlier `init` has one. */
async function typedToken(context: Context, invocation: Invocation, profile: Profile): Promise<string | null> {
  if (flag(invocation, 'tokenStdin')) return (await readAll(context.stdin)).trim();
  if (context.env[TOKEN_VARIABLE] || profile.connected) return null;
  if (!context.stdin.isTTY || !context.stderr.isTTY) throw new CommandError(EXIT.notConnected, t(context.lang, 'cli.error.token_tty'));
  context.stderr.write(`${t(context.lang, 'cli.init.intro', { scopes: SCOPES })}\n`);
  return (await ask(context, t(context.lang, 'cli.init.token'), true)).trim();
}

/** One line from the terminal; `hidden` shows nothing of what is typed. */
async function ask(context: Context, question: string, hidden = false): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: context.stdin, output: hidden ? silent : context.stderr, terminal: true });
  const stop = () => prompt.close();
  context.signal.addEventListener('abort', stop, { once: true });
  prompt.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    if (hidden) context.stderr.write(question);
    const answer = await prompt.question(hidden ? '' : question, { signal: context.signal });
    if (hidden) context.stderr.write('\n');
    return answer;
  } finally {
    context.signal.removeEventListener('abort', stop);
    prompt.close();
  }
}

interface Who {
  readonly me: { readonly ownerId: string; readonly email: string } | null;
  readonly all: boolean;
}

async function whoAmI(context: Context, invocation: Invocation, profile: Profile, { discovery }: Explored): Promise<Who> {
  if (flag(invocation, 'all')) return { me: profile.settings.me, all: true };
  const { me, all } = profile.settings;
  const given = option(invocation, 'me');
  if (given === undefined && (me !== null || all)) return { me, all };
  const email = given ?? (asks(context, invocation) ? await ask(context, t(context.lang, 'cli.init.me')) : null);
  if (email === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.me_unknown'));
  if (email.trim() === '') return { me: null, all: true };
  const owner = ownerByEmail(discovery.portal.owners, email);
  if (owner?.email) return { me: { ownerId: owner.id, email: owner.email }, all: false };
  const list = discovery.portal.owners.filter((one) => !one.archived && one.email !== null).map((one) => `  ${clean(one.email ?? '')}`);
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.me', { value: clean(email), list: list.join('\n') }));
}

const problemLine = ({ key, value, suggestions }: AnswerProblem): string =>
  `  ${clean(key)}=${clean(value)}${suggestions.length > 0 ? `  → ${suggestions.map((one) => clean(one)).join(', ')}` : ''}`;

/** Walks through what is uncertain: Enter takes a proposal, a name replaces it, `-` leaves it out. */
async function confirm(
  context: Context,
  discovery: Discovery,
  proposed: Mapping,
  uncertain: readonly MappingKey[],
  answers: Readonly<Record<string, string>>,
): Promise<Mapping> {
  let given = { ...answers };
  const left = new Set<string>();
  for (const key of uncertain) {
    for (;;) {
      const answer = (await ask(context, t(context.lang, 'cli.init.ask', { key, value: clean(proposed[key] ?? '') }))).trim();
      if (answer === '') break;
      if (answer === '-') {
        left.add(key);
        break;
      }
      const tried = propose(discovery, { ...given, [key]: answer }, {});
      if (tried.ok) {
        given = { ...given, [key]: answer };
        break;
      }
      context.stderr.write(`${t(context.lang, 'cli.error.map', { list: tried.error.map(problemLine).join('\n') })}\n`);
    }
  }
  const settled = propose(discovery, given, {});
  const mapping = settled.ok ? settled.value.mapping : proposed;
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => !left.has(key)));
}

async function keepToken(context: Context, profile: Profile, token: string): Promise<void> {
  const saved = await saveToken(token, { tokenFile: profile.paths.tokenFile, env: context.env });
  if (!saved.ok) throw new TokenError(saved.error);
  if (saved.value.path !== null) context.stderr.write(`${t(context.lang, 'cli.init.keychain', { path: cleanLine(saved.value.path) })}\n`);
}

function coverageOf({ portal, discovery }: Explored, mapping: Mapping): PortalCoverage {
  return signalCoverage(DEFAULT_POLICY, {
    mapping,
    zone: portal.timeZone,
    currency: portal.currency,
    pipelines: discovery.portal.pipelines,
    owners: discovery.portal.owners,
    propertyTypes: {},
    unavailable: discovery.portal.unavailable,
  });
}

function initJson({ portal }: Explored, me: Who['me'], mapping: Mapping, coverage: PortalCoverage): Record<string, unknown> {
  return {
    portalId: portal.portalId,
    owner: me && { id: me.ownerId, email: me.email },
    mapping,
    coverage: coverage.signals.map(({ signal, state, because }) => ({ signal, state, because })),
    portalCoverage: Number(coverage.share.toFixed(4)),
  };
}

function tell(
  context: Context,
  { portal, discovery }: Explored,
  mapping: Mapping,
  uncertain: readonly MappingKey[],
  coverage: PortalCoverage,
): void {
  const { lang, stdout } = context;
  stdout.write(
    `${t(lang, 'cli.init.portal', { portal: clean(portal.portalId), zone: clean(portal.timeZone), currency: clean(portal.currency) })}\n\n`,
  );
  stdout.write(`${t(lang, 'cli.init.found')}\n`);
  const rows = MAPPING_KEYS.flatMap((key) => {
    const value = mapping[key];
    if (value === undefined) return [];
    const candidate = discovery.candidates[key]?.find((one) => one.value === value);
    const samples = (candidate?.samples ?? []).map((sample) => cleanLine(sample, 24)).join(', ');
    const fill = candidate?.fillRate == null ? '' : formatPercent(candidate.fillRate);
    return [
      [
        literal(key),
        clean(value),
        clean(candidate?.label ?? ''),
        literal(fill),
        clean(samples),
        literal(uncertain.includes(key) ? t(lang, 'cli.init.uncertain') : ''),
      ],
    ];
  });
  stdout.write(
    table(
      [
        { title: literal('') },
        { title: literal(''), max: 40 },
        { title: literal(''), max: 24 },
        { title: literal('') },
        { title: literal(''), max: 44 },
        { title: literal('') },
      ],
      rows,
    ),
  );
  const connected = coverage.signals.filter((signal) => signal.state === 'ok').length;
  stdout.write(
    `\n${t(lang, 'cli.init.coverage', { ok: connected, total: coverage.signals.length, percent: formatPercent(coverage.share) })}\n`,
  );
  for (const one of coverage.signals)
    if (one.state !== 'ok') stdout.write(`  ${one.label[lang]} (${one.signal}): ${cleanLine(one.because ?? '')}\n`);
  if (context.env[TOKEN_VARIABLE]) stdout.write(`${t(lang, 'cli.init.env')}\n`);
  stdout.write(`${t(lang, 'cli.init.saved')}\n`);
}
