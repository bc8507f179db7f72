/**
 * The fit and the measures on churn data of known difficulty, beside published figures of the same protocol.
 * The data are not part of the project: a folder with `ibm_telco`, `synthportal` and `ravenstack` is looked for beside the
 * project, or where KIZASHI_CHURN_DATA says. Ends with 1 where a figure is outside what is allowed for it.
 */
import { hasSynthportal } from '../test/scoring/synthportal.ts';
import { hasRavenstack, ravenFigures } from './ravenstack.ts';
import { synthFigures } from './synthportal.ts';
import { hasTelco, telcoFigures } from './telco.ts';

interface Figure {
  readonly set: string;
  readonly what: string;
  readonly found: number | string | null;
  readonly reference: string;
  readonly holds: boolean;
}

const near = (set: string, what: string, found: number | null, reference: number, within: number): Figure => ({
  set,
  what,
  found,
  reference: `${reference} ± ${within}`,
  holds: found !== null && Math.abs(found - reference) <= within,
});
const atLeast = (set: string, what: string, found: number | null, least: number): Figure => ({
  set,
  what,
  found,
  reference: `≥ ${least}`,
  holds: found !== null && found >= least,
});
const same = (set: string, what: string, found: string, reference: string): Figure => ({
  set,
  what,
  found,
  reference,
  holds: found === reference,
});

const FOLD_CASES = [1401, 1408, 1453, 1371, 1410];
const FOLD_AUC = [0.849, 0.85, 0.84, 0.847, 0.866];

function telco(): Figure[] {
  const { folds, auc, averagePrecision, lift10 } = telcoFigures();
  return [
    near('telco', 'AUC', auc, 0.8501, 0.0005),
    ...folds.map((fold, index) => near('telco', `AUC of fold ${index + 1}`, fold.auc, FOLD_AUC[index] ?? 0, 0.001)),
    same('telco', 'fold sizes', folds.map((fold) => fold.cases).join(' '), FOLD_CASES.join(' ')),
    near('telco', 'average precision', averagePrecision, 0.6708, 0.0005),
    near('telco', 'lift at 10 %', lift10, 2.89, 0.01),
  ];
}

function synthportal(): Figure[] {
  const { train, test, regression, strataAndSlope, caughtMrr, verdict } = synthFigures();
  return [
    same('synthportal', 'cases/events', `${train.join('/')} → ${test.join('/')}`, '2422/197 → 1486/106'),
    near('synthportal', 'AUC, regression', regression.auc?.value ?? null, 0.844, 0.005),
    atLeast('synthportal', 'AUC, default points + strata + slope', strataAndSlope, 0.85),
    atLeast('synthportal', 'churned MRR in the first tenth', caughtMrr, 0.8),
    same('synthportal', 'verdict', verdict, 'usable'),
  ];
}

function ravenstack(): Figure[] {
  const { train, test, auc, verdict } = ravenFigures();
  return [
    same('ravenstack', 'cases/events', `${train.join('/')} → ${test.join('/')}`, '705/120 → 723/182'),
    near('ravenstack', 'AUC, regression', auc?.value ?? null, 0.52, 0.03),
    same('ravenstack', 'verdict', verdict, 'none'),
  ];
}

const sets = [
  { name: 'ibm_telco', here: hasTelco, figures: telco },
  { name: 'synthportal', here: hasSynthportal, figures: synthportal },
  { name: 'ravenstack', here: hasRavenstack, figures: ravenstack },
];

const found = sets.flatMap(({ name, here, figures }) => {
  if (here) return figures();
  process.stdout.write(`skipped: ${name} is not here (KIZASHI_CHURN_DATA names the folder it lies in)\n`);
  return [];
});
for (const { set, what, found: value, reference, holds } of found) {
  const shown = typeof value === 'number' ? value.toFixed(4) : String(value ?? '–');
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'}  ${set.padEnd(12)} ${what.padEnd(38)} ${shown.padEnd(24)} ${reference}\n`);
}
process.exitCode = found.every((figure) => figure.holds) ? 0 : 1;
