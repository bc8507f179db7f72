/** Who may call: the token and its scopes. */
import { errorBody, type Reply } from './call.ts';
import { ALL_SCOPES } from './object-types.ts';

export type TokenState = 'valid' | 'expired' | 'revoked';

export interface Access {
  setScopes(scopes: readonly string[]): void;
  removeScope(scope: string): void;
  setToken(state: TokenState): void;
  /** A portal without the hub that has custom objects. */
  setCustomObjects(available: boolean): void;
  /** A portal whose plan has no events. */
  setEvents(available: boolean): void;
  readonly customObjects: boolean;
  readonly events: boolean;
  /** Null where the caller may go on. */
  checkToken(authorization: string | undefined): Reply | null;
  checkScopes(need: ScopeNeed): Reply | null;
}

export interface ScopeNeed {
  readonly scopes: readonly string[];
  readonly all: boolean;
}

/** `token` undefined: any bearer token will do. */
export function createAccess(token: string | undefined, scopes: readonly string[] = ALL_SCOPES): Access {
  let granted = new Set(scopes);
  let state: TokenState = 'valid';
  let custom = true;
  let events = true;
  return {
    get customObjects() {
      return custom;
    },
    setScopes(next) {
      granted = new Set(next);
    },
    removeScope(scope) {
      granted.delete(scope);
    },
    setToken(next) {
      state = next;
    },
    get events() {
      return events;
    },
    setEvents(available) {
      events = available;
    },
    setCustomObjects(available) {
      custom = available;
    },
    checkToken(authorization) {
      const bearer = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      if (bearer !== undefined && state === 'valid' && (token === undefined || bearer === token)) return null;
      if (bearer !== undefined && state === 'expired') {
        return { status: 401, body: errorBody('EXPIRED_AUTHENTICATION', 'The access token is expired.') };
      }
      const message =
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview';
      return { status: 401, body: errorBody('INVALID_AUTHENTICATION', message) };
    },
    checkScopes({ scopes: needed, all }) {
      if (needed.length === 0) return null;
      if (all ? needed.every((scope) => granted.has(scope)) : needed.some((scope) => granted.has(scope))) return null;
      const lacking = all ? needed.filter((scope) => !granted.has(scope)) : needed;
      return {
        status: 403,
        body: errorBody(
          'MISSING_SCOPES',
          "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
          {
            links: { scopes: 'https://developers.hubspot.com/scopes' },
            errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: lacking } }],
          },
        ),
      };
    },
  };
}

export const noEvents = (): Reply => ({
  status: 403,
  body: errorBody('FORBIDDEN', "This portal's subscription does not include events."),
});

export const noCustomObjects = (): Reply => ({
  status: 403,
  body: errorBody('FORBIDDEN', "This portal's subscription does not include custom objects."),
});
