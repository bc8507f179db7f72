/** Exit codes: a public contract of the command line. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notConnected: 4,
  unreachable: 5,
  partly: 6,
  /** `brief --exit-code` only. */
  attention: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a code and one message, already in the user's language and without text from outside that is not clean. */
export class CommandError extends Error {
  readonly code: ExitCode;
  /** What scripts tell it by, where the exit code says too little. */
  readonly id: string | null;
  constructor(code: ExitCode, message: string, id: string | null = null) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.id = id;
  }
}
