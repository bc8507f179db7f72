/** The one place that knows how the API's paths carry their version. The generated client speaks v3 and, for associations, v4. */
export type ApiVersion = 'v3' | '2026-09';

/** Account details: the generated client has no module for them. */
export const ACCOUNT_DETAILS = '/account-info/v3/details';

/** Families whose dated path is not simply the version in place of `v3`, `v4`. */
const DATED: readonly (readonly [RegExp, string])[] = [
  [/^\/crm\/v3\/(objects|properties|owners|pipelines)(?=\/|$)/, '/crm/$1/2026-09'],
  [/^\/crm\/v4\/associations(?=\/|$)/, '/crm/associations/2026-09'],
  [/^\/events\/v3\/events(?=\/|$)/, '/events/event-occurrences/2026-09'],
  [/^\/(crm-object-schemas|account-info)\/v3(?=\/|$)/, '/$1/2026-09'],
];

/** `path` as the generated client made it (no query), for the chosen version, without a trailing slash. */
export function versionedPath(path: string, version: ApiVersion): string {
  const trimmed = path.replace(/\/+$/, '');
  if (version === 'v3') return trimmed;
  for (const [pattern, replacement] of DATED) if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
  throw new Error(`no ${version} form of ${trimmed}`);
}
