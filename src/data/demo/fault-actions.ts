/** What a fault does to one exchange. */

import type { Reply } from './call.ts';
import type { FaultAction } from './faults.ts';
import { rateLimited } from './limits.ts';
import { reset, send, sendCutJson, sendDrip, sendHalf, sendRaw, type Wire } from './send.ts';

export interface Exchange {
  readonly wire: Wire;
  /** Lets the request take effect, once, and gives the answer it would get. */
  answer(): Reply;
  /** Sends the answer whole. */
  respond(reply: Reply): void;
  /** Runs later unless the server closes first. */
  later(ms: number, work: () => void): void;
}

/** Sends (or withholds) the answer; gives the status that the client was sent, null for none. */
export function act(action: FaultAction, exchange: Exchange): number | null {
  const { wire } = exchange;
  switch (action.kind) {
    case 'status':
      if (action.apply) exchange.answer();
      return sendStatus(action, wire);
    case 'rate-limit': {
      const headers = action.retryAfter === undefined ? {} : { 'Retry-After': String(action.retryAfter) };
      send({ ...wire, headers: { ...wire.headers, ...headers } }, rateLimited(action.policy));
      return 429;
    }
    case 'hang':
      if (action.apply) exchange.answer();
      return null;
    case 'hang-mid-body':
      sendHalf(wire, action.apply === false ? { status: 200, body: { results: [] } } : exchange.answer(), () => {});
      return null;
    case 'reset':
      if (action.apply) exchange.answer();
      reset(wire);
      return null;
    case 'cut-reply':
      sendHalf(wire, exchange.answer(), () => reset(wire));
      return null;
    case 'cut-json': {
      const reply = exchange.answer();
      sendCutJson(wire, reply);
      return reply.status;
    }
    case 'empty-object': {
      const { status } = exchange.answer();
      send(wire, { status, body: {} });
      return status;
    }
    case 'delay':
      exchange.later(action.ms, () => exchange.respond(exchange.answer()));
      return null;
    case 'hold':
      void action.until.then(() => exchange.respond(exchange.answer()));
      return null;
    case 'drip': {
      const reply = exchange.answer();
      sendDrip(wire, reply, action.bytesPerSecond);
      return reply.status;
    }
    case 'redirect': {
      const status = action.status ?? 302;
      sendRaw(wire, status, '', { Location: action.location });
      return status;
    }
    case 'foreign-link':
    case 'drop-paging': {
      const reply = repage(exchange.answer(), action.kind === 'foreign-link' ? action.host : null);
      send(wire, reply);
      return reply.status;
    }
    case 'commit-later':
      wire.response.once('close', () => exchange.later(action.ms, () => exchange.answer()));
      return null;
  }
}

function sendStatus(action: Extract<FaultAction, { kind: 'status' }>, wire: Wire): number {
  const headers = { ...wire.headers, ...action.headers };
  if (action.json !== undefined) send({ ...wire, headers }, { status: action.status, body: action.json });
  else {
    const contentType = action.contentType === undefined ? 'text/html' : action.contentType;
    sendRaw(wire, action.status, action.text ?? '', {
      ...action.headers,
      ...(action.text === undefined || contentType === null ? {} : { 'Content-Type': contentType }),
    });
  }
  return action.status;
}

/** The answer with its paging gone, or leading to another host. */
function repage(reply: Reply, host: string | null): Reply {
  if (typeof reply.body !== 'object' || reply.body === null || !('paging' in reply.body)) return reply;
  const { paging, ...rest } = reply.body;
  if (host === null) return { status: reply.status, body: rest };
  const next = typeof paging === 'object' && paging !== null && 'next' in paging ? paging.next : {};
  return { status: reply.status, body: { ...rest, paging: { next: { ...(next ?? {}), link: host } } } };
}
