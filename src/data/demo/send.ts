/** Answers on the wire, whole or broken on purpose. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Reply } from './call.ts';

export interface Wire {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
}

const MIN_GZIP = 1_024;

interface Encoded {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

function encode(wire: Wire, reply: Reply): Encoded {
  if (reply.body === undefined) return { bytes: Buffer.alloc(0), headers: wire.headers };
  const bytes = Buffer.from(JSON.stringify(reply.body));
  const headers = { ...wire.headers, 'Content-Type': 'application/json;charset=utf-8', Vary: 'Accept-Encoding' };
  const zip = bytes.length >= MIN_GZIP && /\bgzip\b/.test(String(wire.request.headers['accept-encoding'] ?? ''));
  return zip ? { bytes: gzipSync(bytes, { level: 1 }), headers: { ...headers, 'Content-Encoding': 'gzip' } } : { bytes, headers };
}

export function send(wire: Wire, reply: Reply): void {
  const { bytes, headers } = encode(wire, reply);
  // A 204 has no length either.
  wire.response.writeHead(reply.status, reply.status === 204 ? headers : { ...headers, 'Content-Length': bytes.length });
  wire.response.end(bytes);
}

export function sendRaw(wire: Wire, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  const bytes = Buffer.from(text);
  wire.response.writeHead(status, { ...wire.headers, ...headers, 'Content-Length': bytes.length });
  wire.response.end(bytes);
}

/** Headers that promise the whole body and half of it; `done` runs once that half has left. */
export function sendHalf(wire: Wire, reply: Reply, done: () => void): void {
  const { bytes, headers } = encode(wire, reply);
  wire.response.writeHead(reply.status, { ...headers, 'Content-Length': bytes.length });
  wire.response.write(bytes.subarray(0, bytes.length >> 1), done);
}

/** A whole HTTP answer whose JSON stops in the middle. */
export function sendCutJson(wire: Wire, reply: Reply): void {
  const text = JSON.stringify(reply.body ?? {});
  sendRaw(wire, reply.status, text.slice(0, text.length >> 1), { 'Content-Type': 'application/json;charset=utf-8' });
}

/** So many bytes a second until the end, or until the client leaves. */
export function sendDrip(wire: Wire, reply: Reply, bytesPerSecond: number): void {
  const { bytes, headers } = encode(wire, reply);
  wire.response.writeHead(reply.status, { ...headers, 'Content-Length': bytes.length });
  let at = 0;
  const timer = setInterval(() => {
    if (at >= bytes.length) {
      clearInterval(timer);
      wire.response.end();
      return;
    }
    wire.response.write(bytes.subarray(at, at + 1));
    at += 1;
  }, 1_000 / bytesPerSecond);
  wire.response.once('close', () => clearInterval(timer));
}

export function reset(wire: Wire): void {
  wire.request.socket.resetAndDestroy();
}
