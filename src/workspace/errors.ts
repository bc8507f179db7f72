/** What can stand between a profile and its work; whoever meets one tells it in words. */
import type { ApiFailure } from '../data/hubspot/types.ts';
import type { SecretProblem } from '../settings/secrets.ts';
import type { SettingsProblem } from '../settings/settings.ts';
import type { Day } from '../units/day.ts';
import type { Result } from '../units/result.ts';

/** HubSpot's failure ends what was asked for. */
export class RemoteError extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure) {
    super(failure.message);
    this.name = 'RemoteError';
    this.failure = failure;
  }
}

/** The value, or the failure thrown: for callers that have nothing else to do with it. */
export function need<T>(result: Result<T, ApiFailure>): T {
  if (result.ok) return result.value;
  throw new RemoteError(result.error);
}

/** No token (`problem` null), or one that may not be used. */
export class TokenError extends Error {
  readonly problem: SecretProblem | null;
  constructor(problem: SecretProblem | null) {
    super(problem?.kind ?? 'no token');
    this.name = 'TokenError';
    this.problem = problem;
  }
}

export class SettingsError extends Error {
  readonly problem: SettingsProblem;
  constructor(problem: SettingsProblem) {
    super(problem.because);
    this.name = 'SettingsError';
    this.problem = problem;
  }
}

/** No portal is connected, or nobody said whose book it is. */
export class NotConnectedError extends Error {
  constructor() {
    super('not connected');
    this.name = 'NotConnectedError';
  }
}

/** The store has never been filled for this book. */
export class NeverSyncedError extends Error {
  /** Whose book it would have been, where it is not the profile's own. */
  readonly ownerId: string | null;
  constructor(ownerId: string | null = null) {
    super('never synced');
    this.name = 'NeverSyncedError';
    this.ownerId = ownerId;
  }
}

/** Another process serves the demo portal as of another day. */
export class DemoBusyError extends Error {
  readonly day: Day;
  constructor(day: Day) {
    super(`the demo portal is open as of ${day}`);
    this.name = 'DemoBusyError';
    this.day = day;
  }
}
