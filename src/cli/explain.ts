/** Any failure as one message with what to do next, and the exit code that belongs to it. */
import type { ApiFailure } from '../data/hubspot/types.ts';
import { StoreError } from '../data/store/driver.ts';
import { clean, cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { apiText } from '../workspace/api-text.ts';
import { DemoBusyError, NeverSyncedError, NotConnectedError, RemoteError, SettingsError, TokenError } from '../workspace/errors.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

export interface Explained {
  readonly code: ExitCode;
  /** What scripts tell the failure by: the same in every language. */
  readonly id: string;
  readonly message: string;
}

export function explain(error: unknown, lang: Lang): Explained {
  if (error instanceof CommandError)
    return { code: error.code, id: error.id ?? ID_OF_CODE[error.code] ?? 'failed', message: error.message };
  if (error instanceof RemoteError) {
    const { failure } = error;
    return { code: codeOf(failure), id: failure.kind, message: apiText(failure, lang, Date.now() as Instant) };
  }
  if (error instanceof StoreError) {
    return { code: EXIT.failed, id: `store_${error.kind}`, message: t(lang, `error.store.${error.kind}`, { path: cleanLine(error.path) }) };
  }
  if (error instanceof TokenError) {
    const { problem } = error;
    if (problem === null) return { code: EXIT.notConnected, id: 'no_token', message: t(lang, 'cli.error.no_token') };
    const message = t(lang, `error.secret.${problem.kind}`, { path: cleanLine(problem.path) });
    return { code: EXIT.notConnected, id: `token_${problem.kind}`, message };
  }
  if (error instanceof SettingsError) {
    const { kind, file, key, because } = error.problem;
    const params = { file: cleanLine(file), key: cleanLine(key ?? ''), because: cleanLine(because) };
    return { code: EXIT.failed, id: `settings_${kind}`, message: t(lang, `error.settings.${kind}`, params) };
  }
  if (error instanceof NotConnectedError)
    return { code: EXIT.notConnected, id: 'not_connected', message: t(lang, 'cli.error.not_connected') };
  if (error instanceof NeverSyncedError) {
    const { ownerId } = error;
    const message = ownerId === null ? t(lang, 'cli.error.never_synced') : t(lang, 'cli.error.book_not_synced', { owner: clean(ownerId) });
    return { code: EXIT.failed, id: 'never_synced', message };
  }
  if (error instanceof DemoBusyError)
    return { code: EXIT.failed, id: 'demo_busy', message: t(lang, 'cli.error.demo_busy', { day: error.day }) };
  const message = error instanceof Error ? error.message : String(error);
  return { code: EXIT.failed, id: 'unexpected', message: t(lang, 'cli.error.unexpected', { message: cleanLine(message) }) };
}

const ID_OF_CODE: Readonly<Partial<Record<ExitCode, string>>> = { [EXIT.usage]: 'usage', [EXIT.notConnected]: 'not_connected' };

/** The command that mends it. */
const HINTS: Readonly<Record<string, string>> = {
  usage: 'kizashi --help',
  no_account: 'kizashi list',
  several_accounts: 'kizashi list',
  no_token: 'kizashi init',
  not_connected: 'kizashi init',
  auth: 'kizashi init',
  scope: 'kizashi auth status',
  never_synced: 'kizashi sync',
  not_found: 'kizashi sync',
  aborted: 'kizashi sync',
  network: 'kizashi doctor',
  timeout: 'kizashi doctor',
  body: 'kizashi doctor',
  store_corrupt: 'kizashi sync --full',
  unexpected: 'kizashi config path',
};

/** A failure as machines read it. */
export const errorJson = ({ id, message }: Omit<Explained, 'code'>): Record<string, unknown> => ({
  error: { code: id, message, hint: HINTS[id] ?? null },
});

function codeOf(failure: ApiFailure): ExitCode {
  switch (failure.kind) {
    case 'auth':
    case 'scope':
      return EXIT.notConnected;
    case 'invalid':
    case 'not_found':
      return EXIT.failed;
    default:
      return EXIT.unreachable;
  }
}
