import type { Message } from './message.ts';

export const appMessages = {} as const satisfies Record<string, Message>;
