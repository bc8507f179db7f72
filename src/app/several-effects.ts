/** One text on several accounts: each one's own facts read and put in, and all of it queued in one commit, or nothing. */
import { factsOf } from '../book/play-kit.ts';
import { say } from '../components/say.ts';
import type { ActedAll } from '../open.ts';
import { FACTS, type FactName } from '../plays/facts.ts';
import type { Intent } from '../plays/intent.ts';
import { type Flaw, flawOf, intentOf } from '../screens/compose/intent.ts';
import { type Known, namesOf, onAccount } from '../screens/compose/several.ts';
import { type Addressee, addressees, type Compose, type Field } from '../screens/compose/state.ts';
import { type Clean, cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import { err, ok, type Result } from '../units/result.ts';
import { flawWords } from './actions/write.ts';
import { findRow } from './context.ts';
import type { Hands } from './hands.ts';

/** Why nothing was queued; `field`: where the cursor goes, null where it stays. */
export interface Held {
  readonly problem: Clean;
  readonly field: Field | null;
}

/** What it becomes on each account, in their order. */
export async function intentsOnAll(compose: Compose, { workspace, lang }: Hands): Promise<Result<readonly Intent[], Held>> {
  const all = addressees(compose);
  const snapshot = workspace.snapshot();
  const rows = all.map(({ id }) => findRow(snapshot, id));
  const gone = all.filter((_, index) => rows[index] === null);
  if (gone.length > 0)
    return err({ problem: say(lang, 'several.named', { names: namesOf(gone, lang), why: say(lang, 'writing.why.gone') }), field: null });

  const clock = { now: workspace.now(), today: workspace.today, zone: workspace.portal.timeZone };
  const kit = compose.template === null ? null : await workspace.playKit();
  const knownOf = async (row: (typeof rows)[number]): Promise<Known> => {
    const facts = kit && row ? factsOf(kit, row, await workspace.account(row.id), clock.today, lang) : null;
    const owner = workspace.people.find(({ id }) => id === row?.owner?.id)?.id ?? null;
    return { facts, renewal: row?.renewalDate ?? null, owner };
  };
  const known = await Promise.all(rows.map(knownOf));
  const own = all.map((one, index) =>
    onAccount(compose, one, known[index] ?? { facts: null, renewal: null, owner: null }, lang, clock.today),
  );

  const flaws = own.flatMap((state, index) => {
    const flaw = flawOf(state, clock, lang);
    const who = all[index];
    return flaw && who ? [{ flaw, who }] : [];
  });
  const [first] = flaws;
  if (first) {
    const same = flaws.filter(({ flaw }) => isSame(flaw, first.flaw)).map(({ who }) => who);
    return err({ problem: heldWords(first.flaw, same, all, lang), field: first.flaw.field });
  }
  return ok(own.map((state) => intentOf(state, clock, workspace.myId)).filter((intent) => intent !== null));
}

const factOf = (flaw: Flaw): FactName | null => ('fact' in flaw ? flaw.fact : null);

const isSame = (a: Flaw, b: Flaw): boolean => a.why === b.why && factOf(a) === factOf(b);

/** A fault of the text itself is everybody's; whose a fault is otherwise is said. */
function heldWords(flaw: Flaw, who: readonly Addressee[], all: readonly Addressee[], lang: Lang): Clean {
  const names = namesOf(who, lang);
  if (flaw.why === 'openFact') return say(lang, 'several.openFact', { names, fact: FACTS[flaw.fact][lang] });
  return who.length === all.length ? flawWords(flaw, lang) : say(lang, 'several.named', { names, why: flawWords(flaw, lang) });
}

export async function queueOnAll(compose: Compose, hands: Hands): Promise<Result<Pick<ActedAll, 'ids' | 'undoUntil'>, Held>> {
  const intents = await intentsOnAll(compose, hands);
  if (!intents.ok) return intents;
  const queued = await hands.workspace.actAll(intents.value.map((intent) => ({ intent })));
  if (queued.ok) return queued;
  const { message, index } = queued.error;
  const who = index === null ? undefined : addressees(compose)[index];
  const why = cleanLine(message);
  return err({ problem: who ? say(hands.lang, 'several.named', { names: who.name, why }) : why, field: null });
}
