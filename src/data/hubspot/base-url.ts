/** Where requests may go at all: https anywhere, http only to this machine, since every request carries the token. */
import { err, ok, type Result } from '../../units/result.ts';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/**
 * Reads the base URL of the API; a path prefix is kept, a trailing slash is not.
 * `not_https`: http to another machine. `bad_url`: not a URL, another scheme, or one with credentials, query or fragment.
 */
export function checkBaseUrl(text: string): Result<URL, 'not_https' | 'bad_url'> {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return err('bad_url');
  if (url.username || url.password || url.search || url.hash) return err('bad_url');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return err('not_https');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return ok(url);
}
