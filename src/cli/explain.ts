/** Any failure as one message with what to do next, and the exit code that belongs to it. */
import type { ApiFailure } from '../data/hubspot/types.ts';
import { StoreError } from '../data/store/driver.ts';
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { apiText } from '../workspace/api-text.ts';
import { DemoBusyError, NeverSyncedError, NotConnectedError, RemoteError, SettingsError, TokenError } from '../workspace/errors.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

export interface Explained {
  readonly code: ExitCode;
  readonly message: string;
}

export function explain(error: unknown, lang: Lang): Explained {
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (error instanceof RemoteError) return { code: codeOf(error.failure), message: apiText(error.failure, lang, Date.now() as Instant) };
  if (error instanceof StoreError)
    return { code: EXIT.failed, message: t(lang, `error.store.${error.kind}`, { path: cleanLine(error.path) }) };
  if (error instanceof TokenError) {
    if (error.problem === null) return { code: EXIT.notConnected, message: t(lang, 'cli.error.no_token') };
    return { code: EXIT.notConnected, message: t(lang, `error.secret.${error.problem.kind}`, { path: cleanLine(error.problem.path) }) };
  }
  if (error instanceof SettingsError) {
    const { kind, file, key, because } = error.problem;
    return {
      code: EXIT.failed,
      message: t(lang, `error.settings.${kind}`, { file: cleanLine(file), key: cleanLine(key ?? ''), because: cleanLine(because) }),
    };
  }
  if (error instanceof NotConnectedError) return { code: EXIT.notConnected, message: t(lang, 'cli.error.not_connected') };
  if (error instanceof NeverSyncedError) return { code: EXIT.failed, message: t(lang, 'cli.error.never_synced') };
  if (error instanceof DemoBusyError) return { code: EXIT.failed, message: t(lang, 'cli.error.demo_busy', { day: error.day }) };
  const message = error instanceof Error ? error.message : String(error);
  return { code: EXIT.failed, message: t(lang, 'cli.error.unexpected', { message: cleanLine(message) }) };
}

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
