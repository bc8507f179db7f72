/** Whose token this is and what it may not do; or forgetting it. */

import { deleteToken } from '../../settings/secrets.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { accessGaps } from '../../workspace/access.ts';
import { need, TokenError } from '../../workspace/errors.ts';
import { openSession } from '../../workspace/session.ts';
import type { Context, Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';

export const run: Run = async (context, invocation) => {
  const [action = ''] = invocation.args;
  if (action === 'status') return status(context);
  if (action === 'logout') return logout(context);
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: 'status, logout' }));
};

async function status(context: Context): Promise<number> {
  const profile = profileOf(context);
  const session = openSession(profile, context.signal);
  try {
    const gateway = await session.gateway();
    const source = await session.tokenSource();
    const portal = need(await gateway.portalInfo({ lane: 'interactive' }));
    const gaps = await accessGaps(gateway, profile.settings.mapping);
    if (context.json) {
      writeJson(context, {
        portalId: portal.portalId,
        source,
        owner: profile.settings.me && { id: profile.settings.me.ownerId, email: profile.settings.me.email },
        missing: gaps.map(({ object, scopes }) => ({ object, scopes })),
      });
    } else {
      const who = clean(profile.settings.me?.email ?? '–');
      context.stdout.write(
        `${t(context.lang, 'cli.auth.status', { portal: clean(portal.portalId), source: t(context.lang, `cli.auth.source.${source}`), who })}\n`,
      );
      if (gaps.length === 0) context.stdout.write(`${t(context.lang, 'cli.auth.ok')}\n`);
      for (const gap of gaps)
        context.stdout.write(
          `${t(context.lang, 'cli.auth.missing', { object: clean(gap.object), scope: clean(gap.scopes.join(' / ')) })}\n`,
        );
    }
    return gaps.length === 0 ? EXIT.done : EXIT.notConnected;
  } finally {
    await session.close();
  }
}

async function logout(context: Context): Promise<number> {
  const profile = profileOf(context);
  const removed = await deleteToken({ tokenFile: profile.paths.tokenFile, env: context.env });
  if (!removed.ok) throw new TokenError(removed.error);
  const session = openSession({ ...profile, options: { ...profile.options, offline: true } }, context.signal);
  try {
    const { listUnsent } = await import('../../workspace/access.ts');
    const n = await listUnsent(session);
    if (context.json) writeJson(context, { removed: removed.value, unsent: n });
    else context.stdout.write(`${t(context.lang, 'cli.auth.logout', { n })}\n`);
    return EXIT.done;
  } finally {
    await session.close();
  }
}
