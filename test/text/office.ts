/** Files as LibreOffice reads them, where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Parser } from 'htmlparser2';

export const hasOffice = (): boolean => spawnSync('soffice', ['--version'], { timeout: 20_000 }).status === 0;

/** Opened as CSV: comma, double quote, UTF-8, from the first line, English; quoted fields as they are: no; special numbers: no; as shown; formulas: yes. */
export const AS_CSV = '--infilter=Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,true,true';

/** The sheets of each file, by its name without the ending: a value a cell, by its type. Fails on a formula. */
export function opened(folder: string, files: readonly string[], ...more: readonly string[]): ReadonlyMap<string, string[][][]> {
  const home = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const args = [home, '--headless', ...more, '--convert-to', 'fods', '--outdir', join(folder, 'read'), ...files];
  execFileSync('soffice', args, { timeout: 120_000, stdio: 'pipe' });
  return new Map(
    files.map((file) => [basename(file).replace(/\.\w+$/, ''), sheetsIn(join(folder, 'read', basename(file).replace(/\.\w+$/, '.fods')))]),
  );
}

function sheetsIn(file: string): string[][][] {
  const sheets: string[][][] = [];
  let cell: { text: string; value: string | undefined; times: number } | null = null;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        // Its own way to keep a flag.
        const formula = /^of:=(?:TRUE|FALSE)\(\)$/.test(attributes['table:formula'] ?? '') ? undefined : attributes['table:formula'];
        if (formula !== undefined) throw new Error(`a formula: ${formula}`);
        if (name === 'table:table') sheets.push([]);
        if (name === 'table:table-row') sheets.at(-1)?.push([]);
        if (name === 'text:s' && cell) cell.text += ' '.repeat(Number(attributes['text:c'] ?? 1));
        if (name !== 'table:table-cell') return;
        const value = attributes['office:value'] ?? attributes['office:date-value'] ?? attributes['office:boolean-value'];
        cell = { text: '', value, times: Number(attributes['table:number-columns-repeated'] ?? 1) };
      },
      ontext: (text) => {
        if (cell && text.trim() !== '') cell.text += text;
      },
      onclosetag: (name) => {
        if (name !== 'table:table-cell' || !cell) return;
        for (let left = Math.min(cell.times, 100); left > 0; left -= 1)
          sheets
            .at(-1)
            ?.at(-1)
            ?.push(cell.value ?? cell.text);
        cell = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(readFileSync(file, 'utf8'));
  return sheets;
}
