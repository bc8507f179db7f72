/**
 * The official client's generated modules over our transport: its types, paths and (de)serialisers, nothing else of it.
 *
 * Each module is loaded at its first use. A configuration is made per call, so that a call's own facts (is it a write,
 * who waits for it) travel with its request without any shared state.
 */
import type { Ask, Transport } from './transport.ts';
import type { ApiFailure } from './types.ts';

/**
 * Loads a CommonJS module at its first use. Node names its exports one by one; a bundle gives them as `default` alone.
 */
const once = <T extends object>(load: () => Promise<T>): (() => Promise<T>) => {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().then((module) => ('createConfiguration' in module || !('default' in module) ? module : (module.default as T)));
    return loading;
  };
};

export const objectsModule = once(() => import('@hubspot/api-client/lib/codegen/crm/objects/index.js'));
export const ownersModule = once(() => import('@hubspot/api-client/lib/codegen/crm/owners/index.js'));
export const propertiesModule = once(() => import('@hubspot/api-client/lib/codegen/crm/properties/index.js'));
export const schemasModule = once(() => import('@hubspot/api-client/lib/codegen/crm/schemas/index.js'));
export const pipelinesModule = once(() => import('@hubspot/api-client/lib/codegen/crm/pipelines/index.js'));
export const eventsModule = once(() => import('@hubspot/api-client/lib/codegen/events/index.js'));
export const associationsModule = once(() => import('@hubspot/api-client/lib/codegen/crm/associations/v4/index.js'));

/** What a call knows and the generated request does not. `status` is the one success code that the client accepts. */
export type Call = Pick<Ask, 'write' | 'search' | 'accepts' | 'options'> & { readonly status: 200 | 201 | 204 };

/** Carries a failure of the transport through the generated code, which knows only exceptions. */
export class Failed extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Request {
  getUrl(): string;
  getHttpMethod(): string;
  getBody(): unknown;
}

interface Body {
  text(): Promise<string>;
  binary(): Promise<Buffer>;
}

/** The parts that every generated module has, each as classes of its own. */
interface Module<Response, Stream, Server, Configuration> {
  readonly ResponseContext: new (status: number, headers: Record<string, string>, body: Body) => Response;
  readonly Observable: new (promise: Promise<Response>) => unknown;
  readonly ServerConfiguration: new (url: string, variables: Record<string, string>) => Server;
  createConfiguration(options: { baseServer: Server; httpApi: { send(request: Request): Stream } }): Configuration;
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/** A configuration of `module` whose requests go through `transport`; each answer appears under the code it accepts. */
export function configure<Response, Stream, Server, Configuration>(
  module: Module<Response, Stream, Server, Configuration>,
  transport: Transport,
  call: Call,
): Configuration {
  const send = async (request: Request): Promise<Response> => {
    const url = new URL(request.getUrl());
    const method = METHODS.find((known) => known === request.getHttpMethod());
    const body = request.getBody();
    if (!method) throw new Error(`unexpected method ${request.getHttpMethod()}`);
    const result = await transport.send({
      method,
      path: url.pathname + url.search,
      body: typeof body === 'string' ? body : null,
      write: call.write,
      search: call.search,
      accepts: call.accepts,
      options: call.options,
    });
    if (!result.ok) throw new Failed(result.error);
    const { text, json } = result.value;
    // The dated API reports partial failures under 200; only under 207 does the client keep them.
    const partial = call.status === 200 && typeof json === 'object' && json !== null && ('errors' in json || 'numErrors' in json);
    return new module.ResponseContext(
      partial ? 207 : call.status,
      { 'content-type': 'application/json' },
      { text: async () => text, binary: async () => Buffer.from(text) },
    );
  };
  return module.createConfiguration({
    // The transport puts the real base in; the client only makes paths.
    baseServer: new module.ServerConfiguration('http://hubspot', {}),
    // Each module's Observable is a class of its own; TypeScript does not carry its type argument through `Module`.
    httpApi: { send: (request) => new module.Observable(send(request)) as Stream },
  });
}
