/** `--template`: what an activity begins with, with the account's facts in it. */
import { factsOf } from '../book/play-kit.ts';
import type { BookRow } from '../book/row.ts';
import { FACT_NAMES, FACTS, isFact } from '../plays/facts.ts';
import { withAnswers } from '../plays/prepare.ts';
import { type Filled, filled, templateNamed, templatesOf } from '../plays/templates.ts';
import type { Template, TemplateKind } from '../policy.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import type { Desk } from '../workspace/desk.ts';
import { type Context, type Invocation, many, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

export interface Begun extends Filled {
  readonly template: Template;
}

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** Null where none was asked for. Throws where there is none of that name, or a fact of it is known to nobody. */
export async function begunWith(
  context: Context,
  invocation: Invocation,
  desk: Desk,
  account: BookRow,
  kind: TemplateKind,
): Promise<Begun | null> {
  const { lang } = context;
  const answers = answersOf(context, invocation);
  const name = option(invocation, 'template');
  if (name === undefined) return null;
  const fitting = templatesOf(desk.inForce.policy).filter((one) => one.kind === kind);
  const template = templateNamed(fitting, name);
  if (!template) {
    const list = fitting.map(({ id, label }) => `  ${clean(id)}  ${clean(label[lang])}`).join('\n');
    throw usage(t(lang, 'templates.error.unknown', { name: clean(name), list }));
  }
  const [kit, view] = [await desk.playKit(), await desk.account(account.id)];
  const facts = withAnswers(factsOf(kit, account, view, desk.today, lang), answers);
  const begun = filled(template, { facts, lang, today: desk.today, renewal: account.renewalDate });
  if (begun.missing.length === 0) return { ...begun, template };
  throw usage(
    t(lang, 'plays.error.missing', {
      facts: begun.missing.map((fact) => FACTS[fact][lang]).join(lang === 'ja' ? '、' : ', '),
      options: begun.missing.map((fact) => `--answer ${fact}=…`).join(' '),
    }),
  );
}

/** `fact=text`, of a fact that nobody knows. */
function answersOf({ lang }: Context, invocation: Invocation): Record<string, string> {
  return Object.fromEntries(
    many(invocation, 'answer').map((given) => {
      const at = given.indexOf('=');
      const id = given.slice(0, Math.max(0, at)).trim();
      if (!isFact(id)) throw usage(t(lang, 'plays.error.answer', { value: clean(given), ids: FACT_NAMES.join(', ') }));
      return [id, given.slice(at + 1)];
    }),
  );
}
