/** What the parts of the gateway share: the transport, and the way from the generated client's exceptions to failures. */
import { err, ok } from '../../units/result.ts';
import { makeFailure } from './failure.ts';
import { type Call, Failed } from './generated.ts';
import type { Transport } from './transport.ts';
import type { ApiFailure, CallOptions, Reply } from './types.ts';

export interface Context {
  readonly transport: Transport;
  /** Runs a generated call; whatever it throws becomes a failure. `request` names it where no path is known. */
  run<T>(what: { readonly request: string; readonly write: boolean }, body: () => Promise<T>): Reply<T>;
  /** A `body` failure of a read: an answer that cannot be what HubSpot means. */
  unexpected(request: string, message: string): ApiFailure;
  /** The refusal of the one input of a batch that was answered with success. */
  refusedInput(request: string, error: { readonly category?: string; readonly message?: string }): ApiFailure;
}

export function makeContext(transport: Transport, token: string): Context {
  return {
    transport,
    async run(what, body) {
      try {
        return ok(await body());
      } catch (error) {
        if (error instanceof Failed) return err(error.failure);
        // A 2xx of the right outline with something inside that the generated client cannot read.
        const message = 'the answer has an unexpected shape';
        return err(makeFailure({ ...what, token }, { kind: 'body', message, surelyNotApplied: false }));
      }
    },
    refusedInput: (request, { category, message }) =>
      makeFailure(
        { request, write: true, token },
        { kind: 'invalid', status: 400, category: category ?? null, message: message ?? 'refused', surelyNotApplied: true },
      ),
    unexpected: (request, message) => makeFailure({ request, write: false, token }, { kind: 'body', message, surelyNotApplied: true }),
  };
}

/** A call that changes nothing and answers 200. */
export const reading = (accepts: Call['accepts'], options: CallOptions): Call => ({
  write: false,
  search: false,
  accepts,
  options,
  status: 200,
});
