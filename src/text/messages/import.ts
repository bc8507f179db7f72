import type { Message } from './message.ts';

/** What `import` says of a file. `import.table.*`, `import.row.*` and `import.match.*` name what is wrong. */
export const importMessages = {
  'import.command': { en: 'take in MRR or usage from a CSV file', ja: 'MRRや利用状況をCSVファイルから取り込む' },
  'import.option.dry_run': { en: 'check the file and keep nothing', ja: 'ファイルを確認するだけで、何も保存しない' },
  'import.option.skip_unknown': {
    en: 'leave out rows of accounts that are not in the store',
    ja: '手元のデータにないアカウントの行は飛ばす',
  },
  'import.kind': {
    en: 'import takes mrr or usage, then a file; not "{value}"',
    ja: 'import には mrr か usage と、ファイルを指定してください（「{value}」ではなく）',
  },
  'import.no_file': {
    en: 'name the CSV file: kizashi import {kind} FILE.csv',
    ja: 'CSVファイルを指定してください: kizashi import {kind} FILE.csv',
  },
  'import.unreadable': { en: '{file} cannot be read ({code})', ja: '{file} を読めません（{code}）' },
  'import.not_file': { en: '{file} is not a file', ja: '{file} はファイルではありません' },
  'import.refused': {
    en: { one: '{file}: 1 fault; nothing was imported', other: '{file}: {n} faults; nothing was imported' },
    ja: '{file}: {n}件の誤りがあります。何も取り込んでいません',
  },
  'import.more': { en: '  … and {n} more', ja: '  … ほか{n}件' },
  'import.line': { en: '  line {line}: {what}', ja: '  {line}行目: {what}' },
  'import.table.encoding': {
    en: '{file} is neither UTF-8 nor Shift_JIS. Save it as "CSV UTF-8"; nothing was imported',
    ja: '{file} の文字コードはUTF-8でもShift_JISでもありません。「CSV UTF-8」で保存し直してください。何も取り込んでいません',
  },
  'import.table.binary': {
    en: '{file} is not a text file. Save the table as CSV; nothing was imported',
    ja: '{file} はテキストファイルではありません。CSVとして保存し直してください。何も取り込んでいません',
  },
  'import.table.syntax': {
    en: '{file}: the quotes around line {line} do not close or do not belong there; nothing was imported',
    ja: '{file}: {line}行目付近の引用符（"）が正しくありません。何も取り込んでいません',
  },
  'import.table.empty': { en: '{file} is empty; its first row must name the columns', ja: '{file} は空です。1行目に列名が必要です' },
  'import.table.too_long': {
    en: '{file} is too large to be a table of figures (128 MB, 1 MB a row); nothing was imported',
    ja: '{file} は大きすぎます（上限は128MB、1行1MB）。何も取り込んでいません',
  },
  'import.header.missing': {
    en: '{file} has no column for {columns}; it has: {found}. Nothing was imported',
    ja: '{file} に {columns} の列がありません（ある列: {found}）。何も取り込んでいません',
  },
  'import.header.twice': {
    en: '{file}: the columns {columns} mean the same; keep one of them. Nothing was imported',
    ja: '{file}: {columns} は同じ意味の列です。どちらか一つにしてください。何も取り込んでいません',
  },
  'import.row.value': { en: '{column}: "{value}" cannot be used', ja: '{column}: 「{value}」は使えません' },
  'import.row.blank': { en: '{column}: empty', ja: '{column}: 空です' },
  'import.row.cells': { en: 'more cells than the header has columns ("{value}")', ja: '列名より値の数が多くなっています（「{value}」）' },
  'import.match.none': {
    en: 'no account with {column} "{value}" is in the store',
    ja: '{column}「{value}」のアカウントは手元のデータにありません',
  },
  'import.match.several': {
    en: 'several accounts have {column} "{value}"; give the id',
    ja: '{column}「{value}」のアカウントが複数あります。idで指定してください',
  },
  'import.match.blank': { en: 'names no account', ja: 'アカウントの指定がありません' },
  'import.hint_unknown': {
    en: 'kizashi sync brings accounts that are new; --skip-unknown leaves the rows of others out.',
    ja: '新しいアカウントは kizashi sync で取り込めます。担当外の行を飛ばすには --skip-unknown を付けてください。',
  },
  'import.done': {
    en: '{rows} of {total} rows, {accounts} accounts, {from} – {to} ({encoding}): imported.',
    ja: '{total}行のうち{rows}行（{accounts}アカウント、{from}〜{to}、{encoding}）を取り込みました。',
  },
  'import.checked': {
    en: '{rows} of {total} rows, {accounts} accounts, {from} – {to} ({encoding}): nothing wrong. Nothing was kept (--dry-run).',
    ja: '{total}行のうち{rows}行（{accounts}アカウント、{from}〜{to}、{encoding}）に誤りはありません。--dry-run のため保存していません。',
  },
  'import.nothing': { en: 'there is no row to import.', ja: '取り込む行がありません。' },
  'import.skipped': {
    en: { one: '1 row of an unknown account was left out.', other: '{n} rows of unknown accounts were left out.' },
    ja: '手元のデータにないアカウントの{n}行を飛ばしました。',
  },
  'import.columns': { en: 'columns that were not used: {columns}', ja: '使わなかった列: {columns}' },
  'import.unused': {
    en: 'The mapping does not read imported {kind} yet: kizashi init --map {key}=csv',
    ja: '取り込んだ{kind}はまだ使われません: kizashi init --map {key}=csv で設定してください',
  },
} as const satisfies Record<string, Message>;
