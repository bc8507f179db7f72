/** The mapping that was found, shown for confirmation and changed by a person's word. */
import type { AnswerProblem } from '../data/hubspot/discovery.ts';
import { MAPPING_KEYS } from '../settings/mapping.ts';
import { clean, cleanLine, literal } from '../text/clean.ts';
import { formatPercent } from '../text/format.ts';
import { t } from '../text/messages/index.ts';
import { type Before, type Explored, type Proposed, propose } from '../workspace/connect.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import { table } from './table.ts';

const VALUE_CELLS = 40;
const LABEL_CELLS = 24;
const SAMPLES_CELLS = 44;

/** Each key with what it was found to be: label, how many records have it, a few values; what wants a look is marked. */
export function mappingText(
  { lang }: Pick<Context, 'lang'>,
  { portal, discovery }: Explored,
  { mapping, confirm, declined, broken }: Proposed,
): string {
  const head = t(lang, 'cli.init.portal', {
    portal: clean(portal.portalId),
    zone: clean(portal.timeZone),
    currency: clean(portal.currency),
  });
  const rows = MAPPING_KEYS.flatMap((key) => {
    const value = mapping[key];
    if (value === undefined) return [];
    const candidate = discovery.candidates[key]?.find((one) => one.value === value);
    const samples = (candidate?.samples ?? []).map((sample) => cleanLine(sample, LABEL_CELLS)).join(', ');
    const fill = candidate?.fillRate == null ? '' : formatPercent(candidate.fillRate);
    const mark = confirm.includes(key) ? t(lang, 'cli.init.uncertain') : '';
    return [[literal(key), clean(value), clean(candidate?.label ?? ''), literal(fill), clean(samples), literal(mark)]];
  });
  const title = literal('');
  const columns = [
    { title },
    { title, max: VALUE_CELLS },
    { title, max: LABEL_CELLS },
    { title },
    { title, max: SAMPLES_CELLS },
    { title },
  ];
  const gone = broken.map((problem) => `${t(lang, 'setup.init.broken', { line: problemLine(problem).trim() })}\n`).join('');
  const left = declined.length === 0 ? '' : `${t(lang, 'setup.init.declined', { list: declined.join(', ') })}\n`;
  return `${head}\n\n${gone}${t(lang, 'cli.init.found')}\n${table(columns, rows)}${left}`;
}

export const refusalText = ({ lang }: Pick<Context, 'lang'>, problems: readonly AnswerProblem[]): string =>
  t(lang, 'cli.error.map', { list: problems.map(problemLine).join('\n') });

const problemLine = ({ key, value, suggestions }: AnswerProblem): string =>
  `  ${clean(key)}=${clean(value)}${suggestions.length > 0 ? `  → ${suggestions.map((one) => clean(one)).join(', ')}` : ''}`;

/** Shows the mapping until it is taken: an empty line takes it, `key=property` changes one key, `key=-` leaves one out. */
export async function confirmMapping(
  context: Context,
  found: Explored,
  first: Proposed,
  answers: Readonly<Record<string, string>>,
  before: Before,
): Promise<Proposed> {
  let given = { ...answers };
  let proposal = first;
  for (;;) {
    context.stderr.write(mappingText(context, found, proposal));
    const answer = (await ask(context, t(context.lang, 'cli.init.ask'))).trim();
    if (answer === '') return proposal;
    const at = answer.indexOf('=');
    const [key, value] = at > 0 ? [answer.slice(0, at).trim(), answer.slice(at + 1).trim()] : [answer, ''];
    const tried = propose(found.discovery, { ...given, [key]: value }, before);
    if (tried.ok) {
      given = { ...given, [key]: value };
      proposal = tried.value;
    } else context.stderr.write(`${refusalText(context, tried.error)}\n`);
  }
}
