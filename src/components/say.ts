/** Our own words as text that components take. */
import { type Clean, literal } from '../text/clean.ts';
import { type Lang, type MessageKey, type MessageParams, t } from '../text/messages/index.ts';

export const say = (lang: Lang, key: MessageKey, params?: MessageParams): Clean => literal(t(lang, key, params));
