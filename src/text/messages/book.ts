import type { Message } from './message.ts';

export const bookMessages = {} as const satisfies Record<string, Message>;
