import type { Message } from './message.ts';

export const dataMessages = {} as const satisfies Record<string, Message>;
