/** A change of the score in words: `time +0.6 · logins +5.2 = +6`. */
import { type Clean, clean, join, literal } from '../text/clean.ts';
import { formatDay, formatSigned } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { ChangeView } from './account-view.ts';
import type { BetterDay } from './change.ts';

type PartView = ChangeView['parts'][number];

function nameOf({ kind, label }: PartView, lang: Lang): Clean {
  const what = label === null ? literal('') : clean(label[lang]);
  return kind === 'fact' ? what : literal(t(lang, `scoring.change.${kind}`, { what }));
}

/** Shown to the tenth where that is enough to see it. */
const amount = (points: number): string => formatSigned(points, Math.abs(points) < 0.05 ? 2 : 1);

/** All parts, then what they add up to. */
export function changeWords({ parts, before, after }: ChangeView, lang: Lang): Clean {
  if (parts.length === 0) return literal(t(lang, 'scoring.change.none'));
  const told = join(
    parts.map((part) => literal(`${nameOf(part, lang)} ${amount(part.points)}`)),
    literal(' · '),
  );
  return literal(`${told} = ${after === before ? '0' : formatSigned(after - before, 0)}`);
}

export const changeTitle = ({ from }: ChangeView, lang: Lang): Clean =>
  literal(t(lang, 'scoring.change.title', { day: formatDay(from, lang) }));

export const betterWords = ({ day, band, risk }: BetterDay, lang: Lang): Clean =>
  literal(t(lang, 'scoring.better_band', { band: t(lang, `book.band.${band}`), day: formatDay(day, lang), risk, iso: day }));
