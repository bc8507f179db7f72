/** A small real server for what a well-behaved one never does: each test scripts its answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly json: Record<string, unknown>;
}

export type Handler = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void;

export interface Server {
  readonly base: URL;
  readonly seen: Seen[];
  handle: Handler;
  close(): Promise<void>;
}

export const reply = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

export async function startServer(handle: Handler): Promise<Server> {
  const seen: Seen[] = [];
  const http = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const url = new URL(request.url ?? '/', 'http://server');
      const entry: Seen = {
        method: request.method ?? '',
        path: url.pathname,
        url,
        headers: request.headers,
        body,
        json: body === '' ? {} : JSON.parse(body),
      };
      seen.push(entry);
      server.handle(entry, response, request);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: Server = {
    base: new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}`),
    seen,
    handle,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

/** A record as HubSpot's answers hold it. */
export const record = (id: string, properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  id,
  properties: { hs_object_id: id, ...properties },
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-02-03T04:05:06Z',
  archived: false,
  ...more,
});
