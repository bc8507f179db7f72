import type { Message } from './message.ts';

export const errorMessages = {} as const satisfies Record<string, Message>;
