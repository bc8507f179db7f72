/** Text of a policy file → the policy, or everything that is wrong with it, each with its line. */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Policy } from '../policy.ts';
import { DEFAULT_POLICY } from '../scoring/policy-default.ts';
import { err, ok, type Result } from '../units/result.ts';
import { checkShape } from './check.ts';
import type { PolicyFile } from './file.ts';
import { checkMeaning } from './meaning.ts';
import { overlay } from './overlay.ts';
import type { Fault, Path, PolicyProblem } from './problem.ts';
import { POLICY_SHAPE } from './shape.ts';

/** From version `index + 1` to the next: given what stood in the file, gives what the newer version would say. */
export type Migration = (file: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** None yet: version 1 is the first. */
const MIGRATIONS: readonly Migration[] = [];

/** `file` only names it in problems. An empty file is the default policy. */
export function loadPolicy(text: string, file: string, base: Policy = DEFAULT_POLICY): Result<Policy, readonly PolicyProblem[]> {
  const read = readPolicyFile(text, file, base);
  if (!read.ok) return read;
  return ok(read.value === null ? base : overlay(read.value.file, base));
}

/** A file without faults of its own, and where a path of it stands. */
export interface ReadPolicyFile {
  readonly file: PolicyFile;
  placed(fault: Fault): PolicyProblem;
}

/** The file as it stands, checked; null where it is empty. */
export function readPolicyFile(
  text: string,
  file: string,
  base: Policy = DEFAULT_POLICY,
): Result<ReadPolicyFile | null, readonly PolicyProblem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: lines, prettyErrors: false });
  const placed = (fault: Fault): PolicyProblem => {
    const offset = offsetOf(document, fault.path, fault.atKey ?? false);
    return { ...fault, file, line: offset === null ? null : lines.linePos(offset).line };
  };
  if (document.errors.length > 0) {
    return err(
      document.errors.map((error) => ({
        path: [],
        kind: 'syntax',
        params: { message: error.message.split('\n')[0] ?? '' },
        file,
        line: lines.linePos(error.pos[0]).line,
      })),
    );
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return ok(null);
  const read = plainOf(document);
  if (!read.ok) return err([placed(read.error)]);
  const migrated = migrate(read.value, MIGRATIONS);
  if (!migrated.ok) return err([placed(migrated.error)]);
  const wrong = checkShape(migrated.value, POLICY_SHAPE);
  if (wrong.length > 0) return err(inOrder(wrong.map(placed)));
  // The shape was checked just now.
  const checked = migrated.value as unknown as PolicyFile;
  const faults = checkMeaning(checked, base);
  return faults.length > 0 ? err(inOrder(faults.map(placed))) : ok({ file: checked, placed });
}

const inOrder = (problems: PolicyProblem[]): PolicyProblem[] => problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));

function plainOf(document: Document): Result<unknown, Fault> {
  try {
    return ok(document.toJS());
  } catch (error) {
    // Aliases that unfold without end.
    return err({ path: [], kind: 'syntax', params: { message: error instanceof Error ? error.message : String(error) } });
  }
}

/** Brings an older file up to the newest version; refuses a newer one. What is no map or has no version is left to the shape. */
export function migrate(value: unknown, migrations: readonly Migration[]): Result<unknown, Fault> {
  if (typeof value !== 'object' || value === null || !('version' in value) || !Number.isInteger(value.version)) return ok(value);
  const version = Number(value.version);
  const newest = migrations.length + 1;
  if (version > newest) return err({ path: ['version'], kind: 'newer', params: { version, newest } });
  let file = value as Readonly<Record<string, unknown>>;
  for (const [index, step] of migrations.entries()) if (index + 1 >= version) file = { ...step(file), version: index + 2 };
  return ok(file);
}

/** Where in the text a path stands; where it is not there, the innermost part of it that is. */
function offsetOf(document: Document, path: Path, atKey: boolean): number | null {
  let node: unknown = document.contents;
  let found = startOf(node);
  for (const [depth, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      node = pair.value;
      const keyStart = startOf(pair.key);
      const isLast = depth === path.length - 1;
      found = (atKey && isLast ? keyStart : (startOf(node) ?? keyStart)) ?? found;
      // A map behind a key begins a line below it; the key is where people look.
      if (isLast && !isScalar(node)) found = keyStart ?? found;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      found = startOf(node) ?? found;
    } else break;
  }
  return found;
}

const startOf = (node: unknown): number | null => (node as Node | null)?.range?.[0] ?? null;
