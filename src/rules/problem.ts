/** What is wrong with a policy file, where, and in the reader's language. */
import { cleanLine } from '../text/clean.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';

type Kind = MessageKey extends infer Key ? (Key extends `rules.problem.${infer Name}` ? Name : never) : never;

/** Keys and numbers from the root: `['signals', 'usage.last_login', 'points']`. */
export type Path = readonly (string | number)[];

export interface Fault {
  readonly path: Path;
  readonly kind: Kind;
  /** Raw: may quote the file. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** The fault is the key itself, not what stands behind it. */
  readonly atKey?: boolean;
}

export interface PolicyProblem extends Fault {
  readonly file: string;
  /** From 1; null where the file as a whole is at fault. */
  readonly line: number | null;
}

/** `signals.usage.last_login.points`; the file as a whole is `policy`. */
export const pathText = (path: Path): string => (path.length === 0 ? 'policy' : joined(path));

const joined = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : part))
    .join('.')
    .replaceAll('.[', '[');

/** What is wrong and what is expected, without the place. */
function faultText({ kind, path, params = {} }: Fault, lang: Lang): string {
  const words = Object.fromEntries(
    Object.entries({ path: pathText(path), ...params }).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : cleanLine(value),
    ]),
  );
  const expected = params.expected;
  return t(
    lang,
    `rules.problem.${kind}`,
    typeof expected === 'string' ? { ...words, expected: t(lang, `rules.expected.${expected}` as MessageKey) } : words,
  );
}

/** `policy.yaml:12: …` */
export function problemText(problem: PolicyProblem, lang: Lang): string {
  const place = problem.line === null ? cleanLine(problem.file) : `${cleanLine(problem.file)}:${problem.line}`;
  return `${place}: ${faultText(problem, lang)}`;
}
