/** The one part of undici that most connections need: its index would load fetch, WebSocket, mocks and a cache as well. */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}
