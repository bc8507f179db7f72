/** 7,043 customers, one snapshot: the fit and the measures against published figures of the same protocol. */
import { aucOf, averagePrecision, calibrationError, liftAt } from '../src/scoring/measures.ts';
import { cell, hasTable, type Row, readTable } from './csv.ts';
import { type Labelled, predictL2 } from './reference-model.ts';

const FILE = 'ibm_telco/Telco-Customer-Churn.csv';
const FOLDS = 5;
const WORDS = [
  'gender',
  'SeniorCitizen',
  'Partner',
  'Dependents',
  'PhoneService',
  'MultipleLines',
  'InternetService',
  'OnlineSecurity',
  'OnlineBackup',
  'DeviceProtection',
  'TechSupport',
  'StreamingTV',
  'StreamingMovies',
  'Contract',
  'PaperlessBilling',
  'PaymentMethod',
] as const;

export const hasTelco = hasTable(FILE);

/** FNV-1a, 32 bits, over UTF-8. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

function labelled(row: Row): Labelled {
  const total = cell(row, 'TotalCharges').trim();
  return {
    churned: cell(row, 'Churn') === 'Yes',
    numeric: {
      tenure: Number(cell(row, 'tenure')),
      monthly: Number(cell(row, 'MonthlyCharges')),
      total: total === '' ? null : Math.log1p(Number(total)),
    },
    words: Object.fromEntries(WORDS.map((name) => [name, cell(row, name)])),
  };
}

export interface TelcoFigures {
  readonly folds: readonly { readonly cases: number; readonly auc: number | null }[];
  readonly auc: number | null;
  readonly averagePrecision: number | null;
  readonly lift10: number | null;
  readonly ece: number | null;
}

export function telcoFigures(): TelcoFigures {
  const rows = readTable(FILE);
  const cases = rows.map(labelled);
  const hashes = rows.map((row) => fnv1a(cell(row, 'customerID')));
  const foldOf = (index: number): number => (hashes[index] ?? 0) % FOLDS;
  const predicted = new Array<number>(rows.length);
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const inside = cases.map((_one, index) => index).filter((index) => foldOf(index) === fold);
    const test = inside.flatMap((index) => cases[index] ?? []);
    const found = predictL2(
      cases.filter((_one, index) => foldOf(index) !== fold),
      test,
    );
    for (const [at, index] of inside.entries()) predicted[index] = found[at] ?? 0;
    return {
      cases: inside.length,
      auc: aucOf(
        found,
        test.map((one) => one.churned),
      ),
    };
  });
  const churned = cases.map((one) => one.churned);
  return {
    folds,
    auc: aucOf(predicted, churned),
    averagePrecision: averagePrecision(predicted, churned),
    lift10: liftAt(predicted, churned, 0.1, hashes),
    ece: calibrationError(predicted, churned),
  };
}
