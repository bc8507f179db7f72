import type { Message } from './message.ts';

export const cliMessages = {} as const satisfies Record<string, Message>;
