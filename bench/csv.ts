/** Tables of churn data that are kept outside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.env.KIZASHI_CHURN_DATA ?? join(import.meta.dirname, '..', '..', 'shared', 'churn'));

export type Row = Readonly<Record<string, string>>;

export const hasTable = (path: string): boolean => existsSync(join(folder, path));

/** Every cell as text. The tables quote nothing. */
export function readTable(path: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(folder, path), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

export const cell = (row: Row, name: string): string => row[name] ?? '';
