/** Whether the text could be an e-mail address: enough to tell a typing error from a person. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text);
