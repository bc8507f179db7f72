/** What is known of a churned customer in words: warning signs, what was done, the post-mortem, whether to ask again. */
import type { SignalRule } from '../policy.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { ChurnStory } from './churn-stories.ts';
import type { Churned } from './revenue-reports.ts';
import { postMortemState, type winBackPlaces } from './who-left.ts';

const NOTHING = literal('–');
/** The newest of these stand in a line; the count says how many there were. */
const SHOWN_ACTIONS = 3;
const SHOWN_SIGNS = 3;

export function winBackWords(one: Pick<Churned, 'id' | 'month' | 'back'>, placeOf: ReturnType<typeof winBackPlaces>, lang: Lang): Clean {
  const place = placeOf(one);
  if (place !== null) return literal(t(lang, 'revenue.winback.place', { n: place }));
  return one.back ? literal(t(lang, 'revenue.winback.back')) : NOTHING;
}

/** `Single product 91 d, …`; null where no story was told. */
export function signsWords(
  story: Pick<ChurnStory, 'signs'> | undefined,
  rules: readonly Pick<SignalRule, 'id' | 'label'>[],
  lang: Lang,
): Clean | null {
  const signs = story?.signs ?? null;
  if (signs === null) return null;
  if (signs.length === 0) return literal(t(lang, 'revenue.churn.no_sign'));
  const labels = new Map(rules.map(({ id, label }) => [id, label[lang]]));
  const told = signs
    .slice(0, SHOWN_SIGNS)
    .map(({ signal, daysBefore }) => t(lang, 'revenue.churn.sign', { signal: clean(labels.get(signal) ?? signal), days: daysBefore }));
  return literal(told.join(', '));
}

/** `call 4 Oct, mail 12 Sep`, the newest first; null where no story was told. */
export function actionsWords(story: Pick<ChurnStory, 'actions'> | undefined, lang: Lang): Clean | null {
  if (!story) return null;
  const { actions } = story;
  if (actions.length === 0) return literal(t(lang, 'revenue.churn.no_action'));
  const told = actions
    .slice(-SHOWN_ACTIONS)
    .toReversed()
    .map(({ kind, day }) => `${t(lang, `app.kind.${kind}`)} ${formatDay(day, lang)}`)
    .join(', ');
  const left = actions.length > SHOWN_ACTIONS ? t(lang, 'revenue.churn.more_actions', { n: actions.length - SHOWN_ACTIONS }) : '';
  return literal(`${told}${left}`);
}

/** Whether somebody has looked back, and whether it was avoidable; a dash where that is not known. */
export function postMortemWords(one: Pick<Churned, 'lookBack'>, story: ChurnStory | undefined, lang: Lang): Clean {
  const { lookBack } = one;
  if (lookBack?.avoidable) return literal(t(lang, `revenue.postmortem.done.${lookBack.avoidable}`));
  const state = postMortemState(one, story);
  return state === null ? NOTHING : literal(t(lang, `revenue.postmortem.${state}`));
}
