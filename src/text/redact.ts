/** Takes secrets out of text: by value where they are known, by shape as a second net. */

export const REDACTED = '[redacted]';

/** Shorter than this is no secret, and would redact ordinary words. */
const SHORTEST_SECRET = 6;

/**
 * - HubSpot private app tokens and developer keys: `pat-na1-…`, `pat-eu1-…`
 * - anything after `Bearer` or `Basic`
 * - values of fields and parameters whose name says that they are secret, in URLs, JSON, headers and environments
 * - JSON web tokens
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bpat-[a-z]{2,4}\d{0,2}-[A-Za-z0-9-]{8,}/gi, REDACTED],
  [/\b(Bearer|Basic)(\s+|%20|\+)[A-Za-z0-9._~+/=%-]{6,}/gi, `$1$2${REDACTED}`],
  [
    /((?:access|refresh|id|auth|api|client|private)?[_-]?(?:token|secret|password|passwd|apikey|api[_-]key|hapikey)["']?\s*[=:]\s*["']?)(?!\[redacted\])[^\s"'&,;}]{6,}/gi,
    `$1${REDACTED}`,
  ],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, REDACTED],
];

/** The forms in which a secret may turn up: as it is, in a URL, in JSON, in base64. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

/** Without what looks like a secret. */
export function redactShapes(text: string): string {
  let safe = text;
  for (const [shape, replacement] of SHAPES) safe = safe.replace(shape, replacement);
  return safe;
}

/** A function that takes these secrets, and everything that looks like one, out of a text. Secrets under 6 characters are left. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const values = new Set<string>();
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) for (const form of forms(secret)) values.add(form);
  // Longest first: a secret that holds another goes whole.
  const ordered = [...values].sort((a, b) => b.length - a.length);
  return (text) => {
    let safe = text;
    for (const value of ordered) safe = safe.replaceAll(value, REDACTED);
    return redactShapes(safe);
  };
}
