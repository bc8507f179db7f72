/** A wire between a process and the server that can be told where, in the middle of a POST, the process dies. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** Once the headers came · half of the body · the server has answered, nothing was delivered · half the answer was. */
export const WIRE_STEPS = ['wire.headers', 'wire.body', 'wire.answer', 'wire.reply'] as const;
export type WireStep = (typeof WIRE_STEPS)[number];

export interface Wire {
  readonly url: string;
  /** The process dies at this step of its nth POST of a note; null lets everything through. */
  arm(step: WireStep | null, nth: number, kill: () => void): void;
  close(): Promise<void>;
}

export async function openWire(serverUrl: string): Promise<Wire> {
  const port = Number(new URL(serverUrl).port);
  const sockets = new Set<Socket>();
  let armed: { readonly step: WireStep; left: number; readonly kill: () => void } | null = null;

  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    let dying: typeof armed = null;
    client.on('data', (chunk) => {
      if (dying?.step === 'wire.headers' || dying?.step === 'wire.body') return;
      if (armed && chunk.toString('latin1').startsWith('POST /crm/v3/objects/notes HTTP') && --armed.left === 0) {
        dying = armed;
        armed = null;
        if (dying.step === 'wire.headers') return dying.kill();
        if (dying.step === 'wire.body') {
          const body = chunk.indexOf('\r\n\r\n') + 4;
          server.write(chunk.subarray(0, body + Math.floor((chunk.length - body) / 2)));
          return dying.kill();
        }
      }
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (dying?.step === 'wire.answer') return dying.kill();
      if (dying?.step !== 'wire.reply') return void client.write(chunk);
      client.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => dying?.kill());
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port: own } = proxy.address() as AddressInfo; // A listening TCP server has one.
  return {
    url: `http://127.0.0.1:${own}`,
    arm: (step, nth, kill) => {
      armed = step && { step, left: nth, kill };
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
