/** Connects a portal: token, who I am, and what its properties mean. Safe to run again. */
import { type PortalCoverage, signalCoverage } from '../../book/coverage.ts';
import type { Policy } from '../../policy.ts';
import type { Mapping } from '../../settings/mapping.ts';
import { saveToken, TOKEN_VARIABLE } from '../../settings/secrets.ts';
import type { ProfileSettings } from '../../settings/settings.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { formatPercent } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { SCOPES } from '../../workspace/access.ts';
import { type Explored, explore, keepAnswers, missingKeys, ownerByEmail, propose } from '../../workspace/connect.ts';
import { RemoteError, TokenError } from '../../workspace/errors.ts';
import { policyInForce } from '../../workspace/policy.ts';
import type { Profile } from '../../workspace/profile.ts';
import { openSession, type Session } from '../../workspace/session.ts';
import { ask } from '../ask.ts';
import { readAll } from '../body.ts';
import { type Context, flag, type Invocation, many, option, type Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { confirmMapping, mappingText, refusalText } from '../mapping-text.ts';
import { probeAtSetUp } from '../outbox-care.ts';
import { writeJson } from '../print.ts';
import { hasScreen } from '../setup.ts';
import { throughSetup } from './app.ts';

export const run: Run = async (context, invocation) => {
  if (context.demo) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.demo_init'));
  const answers = answersOf(context, invocation);
  if (onScreen(context, invocation))
    return throughSetup(context, { mapping: answers, ...(flag(invocation, 'all') ? { all: true } : {}) }, null);
  const profile = profileOf(context);
  const { session, found, typed } = await reach(context, invocation, profile);
  try {
    refuseOther(context, profile, found);
    const me = await whoAmI(context, invocation, profile, found);
    const before = { mapping: profile.settings.mapping, declined: profile.settings.declined };
    const proposal = propose(found.discovery, answers, before);
    if (!proposal.ok) throw new CommandError(EXIT.usage, refusalText(context, proposal.error));
    const proposed = asks(context, invocation) ? await confirmMapping(context, found, proposal.value, answers, before) : proposal.value;
    const { mapping, declined } = proposed;
    const missing = missingKeys(mapping);
    if (missing.length > 0)
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.map_needed', { list: missing.map((key) => `  ${key}`).join('\n') }));
    if (typed !== null) await keepToken(context, profile, typed);
    const settings = await keepAnswers(profile, { portal: found.portal, mapping, declined, me: me.me, all: me.all });
    const { policy } = await policyInForce(session, found.portal.portalId);
    const coverage = coverageOf(found, mapping, policy);
    const marked = (await marks(context, invocation)) ? await probeAtSetUp(context, session, found.portal.portalId) : null;
    if (context.json) writeJson(context, { ...initJson(found, settings, coverage), marked: marked && [...marked.objects] });
    else {
      if (!asks(context, invocation)) context.stdout.write(mappingText(context, found, proposed));
      tellCoverage(context, coverage);
    }
    return EXIT.done;
  } finally {
    await session.close();
  }
};

/** Two portals never share a store. */
function refuseOther(context: Context, { settings }: Profile, { portal }: Explored): void {
  if (settings.portalId === null || settings.portalId === portal.portalId) return;
  throw new CommandError(EXIT.usage, t(context.lang, 'setup.other_portal', { own: settings.portalId, found: cleanLine(portal.portalId) }));
}

interface Reached {
  readonly session: Session;
  readonly found: Explored;
  /** A token given just now, to be kept; null where it is kept already or stands in the environment. */
  readonly typed: string | null;
}

/** Opens the portal with the token at hand; a kept token that HubSpot refuses is asked for again where somebody can answer. */
async function reach(context: Context, invocation: Invocation, profile: Profile): Promise<Reached> {
  let typed = await typedToken(context, invocation, profile);
  for (;;) {
    const env = typed === null ? context.env : { ...context.env, [TOKEN_VARIABLE]: typed };
    const session = openSession({ ...profile, options: { ...profile.options, env } }, context.signal);
    try {
      return { session, found: await explore(await session.gateway()), typed };
    } catch (error) {
      await session.close();
      const isRefused = error instanceof RemoteError && error.failure.kind === 'auth';
      const isAbsent = error instanceof TokenError && error.problem === null;
      if (!(isRefused || isAbsent) || context.env[TOKEN_VARIABLE] || !asks(context, invocation)) throw error;
      if (isRefused) context.stderr.write(`${t(context.lang, 'cli.init.refused')}\n`);
      typed = await askToken(context);
    }
  }
}

/** What is given beforehand by `--me` and `--token-stdin` is for scripts and for those who like lines. */
const onScreen = (context: Context, invocation: Invocation): boolean =>
  hasScreen(context) &&
  !flag(invocation, 'yes') &&
  !flag(invocation, 'tokenStdin') &&
  !flag(invocation, 'createProperties') &&
  option(invocation, 'me') === undefined;

const asks = (context: Context, invocation: Invocation): boolean =>
  !flag(invocation, 'yes') && !context.json && context.stdin.isTTY === true && context.stdout.isTTY === true;

/** A property is made in the portal only where somebody says so. */
async function marks(context: Context, invocation: Invocation): Promise<boolean> {
  if (flag(invocation, 'createProperties')) return true;
  if (!asks(context, invocation)) return false;
  return /^(y|yes|はい)$/i.test((await ask(context, t(context.lang, 'outbox.probe.ask'))).trim());
}

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
  return askToken(context);
}

async function askToken(context: Context): Promise<string> {
  context.stderr.write(`${t(context.lang, 'cli.init.intro', { scopes: SCOPES.join(' ') })}\n`);
  return (await ask(context, t(context.lang, 'cli.init.token'), true)).trim();
}

interface Who {
  readonly me: { readonly ownerId: string; readonly email: string } | null;
  readonly all: boolean;
}

async function whoAmI(context: Context, invocation: Invocation, profile: Profile, { discovery }: Explored): Promise<Who> {
  const { me, all } = profile.settings;
  const given = option(invocation, 'me');
  const whole = flag(invocation, 'all');
  if (whole && given === undefined) return { me, all: true };
  if (given === undefined && (me !== null || all)) return { me, all };
  const email = given ?? (asks(context, invocation) ? await ask(context, t(context.lang, 'cli.init.me')) : null);
  if (email === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.me_unknown'));
  if (email.trim() === '') return { me: null, all: true };
  const owner = ownerByEmail(discovery.portal.owners, email);
  if (owner?.email) return { me: { ownerId: owner.id, email: owner.email }, all: whole };
  const list = discovery.portal.owners.filter((one) => !one.archived && one.email !== null).map((one) => `  ${clean(one.email ?? '')}`);
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.me', { value: clean(email), list: list.join('\n') }));
}

async function keepToken(context: Context, profile: Profile, token: string): Promise<void> {
  const saved = await saveToken(token, { tokenFile: profile.paths.tokenFile, env: context.env });
  if (!saved.ok) throw new TokenError(saved.error);
  if (saved.value.path !== null) context.stderr.write(`${t(context.lang, 'cli.init.keychain', { path: cleanLine(saved.value.path) })}\n`);
}

const coverageOf = ({ discovery }: Explored, mapping: Mapping, policy: Policy): PortalCoverage =>
  signalCoverage(policy, { mapping, unavailable: discovery.portal.unavailable });

function initJson({ portal }: Explored, { me, mapping, declined }: ProfileSettings, coverage: PortalCoverage): Record<string, unknown> {
  return {
    portalId: portal.portalId,
    owner: me && { id: me.ownerId, email: me.email },
    mapping,
    declined,
    coverage: coverage.signals.map(({ signal, state, because }) => ({ signal, state, because })),
    portalCoverage: Number(coverage.share.toFixed(4)),
  };
}

function tellCoverage(context: Context, coverage: PortalCoverage): void {
  const { lang, stdout } = context;
  const connected = coverage.signals.filter((signal) => signal.state === 'ok').length;
  stdout.write(
    `\n${t(lang, 'cli.init.coverage', { ok: connected, total: coverage.signals.length, percent: formatPercent(coverage.share) })}\n`,
  );
  for (const one of coverage.signals)
    if (one.state !== 'ok') stdout.write(`  ${one.label[lang]} (${one.signal}): ${cleanLine(one.because ?? '')}\n`);
  if (context.env[TOKEN_VARIABLE]) stdout.write(`${t(lang, 'cli.init.env')}\n`);
  stdout.write(`${t(lang, 'cli.init.saved')}\n`);
}
