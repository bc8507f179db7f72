/** Changes single entries of a policy file and leaves the rest, comments above all, as the team wrote it. */
import { type Document, parseDocument, type ToStringOptions } from 'yaml';
import type { Path } from './problem.ts';
import { POLICY_VERSION } from './shape.ts';

export interface Entry {
  readonly path: Path;
  readonly value: number | string;
}

/** Long sentences stay on their line. */
const AS_WRITTEN: ToStringOptions = { lineWidth: 0 };

const HEAD = ` kizashi policy: only what differs from the default policy.\n`;

/** The text with the entries set; a text without content becomes a policy file. The text must parse. */
export function writeEntries(text: string, entries: readonly Entry[]): string {
  const document: Document = parseDocument(text);
  if (document.contents === null) {
    document.contents = document.createNode({ version: POLICY_VERSION });
    document.commentBefore = [document.commentBefore, HEAD.trimEnd()].filter(Boolean).join('\n');
  }
  for (const { path, value } of entries) document.setIn(path, value);
  return document.toString(AS_WRITTEN);
}
