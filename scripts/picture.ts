/** Records the built program at work on the demo portal, into docs/media: the same program gives the same picture. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../src/text/messages/index.ts';
import { standAt } from '../test/frames/clock.ts';
import { openProgram } from '../test/frames/program.ts';
import { copyHome, FILLED, fillHome } from '../test/frames/stage.ts';
import { pictureOf, type Shot } from './picture-svg.ts';

const SIZE = { columns: 118, rows: 32 };
const QUIET_MS = 400;
/** Portal and person, day, age of the data, what waits. */
const HEADER_PARTS = 4;

interface Step {
  readonly keys: string;
  /** Stands on the screen once the program has answered, by language. */
  readonly see: Readonly<Record<Lang, string>>;
  readonly seconds: number;
}

const STEPS: readonly Step[] = [
  { keys: '', see: { en: '9 worse', ja: '悪化9' }, seconds: 4 },
  { keys: 'b', see: { en: '▌9 worse', ja: '▌悪化9' }, seconds: 2.5 },
  { keys: '\u001b', see: { en: '44 accounts · by', ja: '全44社 · 優先' }, seconds: 0.8 },
  { keys: 'g\r', see: { en: 'Why 97', ja: '97の理由' }, seconds: 4 },
  { keys: 'p', see: { en: 'Re-engage', ja: '再活性化' }, seconds: 3 },
  { keys: '\u001b', see: { en: 'Why 97', ja: '97の理由' }, seconds: 0.6 },
  { keys: '\u001b', see: { en: '44 accounts · by', ja: '全44社 · 優先' }, seconds: 0.6 },
  { keys: '2', see: { en: '▌Impact × risk▐', ja: '▌影響度×リスク▐' }, seconds: 3 },
  { keys: '3', see: { en: '= end', ja: '= 期末' }, seconds: 3 },
  { keys: '6', see: { en: 'CRM', ja: 'CRM' }, seconds: 3 },
];

/** The header says nothing but how old the data is. */
const isReady = ([header = '']: readonly string[]): boolean => / 08:30( ·|の)/.test(header) && header.split('·').length <= HEADER_PARTS;

async function record(home: string, lang: Lang): Promise<Shot[]> {
  const own = copyHome(home);
  const terminal = openProgram(own, lang, SIZE);
  try {
    const shots: Shot[] = [];
    for (const { keys, see, seconds } of STEPS) {
      if (keys !== '') terminal.type(keys);
      await terminal.see(see[lang]);
      await terminal.until(isReady, 'the first sync over');
      await terminal.quiet(QUIET_MS);
      shots.push({ cells: terminal.cells(), seconds });
    }
    return shots;
  } finally {
    terminal.close();
    rmSync(own, { recursive: true, force: true });
  }
}

const TITLES: Readonly<Record<Lang, string>> = {
  en: 'kizashi at work on its demo portal: the book, what changed, one account, a play, charts',
  ja: 'デモポータルで動くkizashi: 一覧、変化、会社の画面、プレイ、グラフ',
};

standAt(FILLED);
const home = await fillHome('demo');
try {
  const folder = join(import.meta.dirname, '../docs/media');
  mkdirSync(folder, { recursive: true });
  for (const lang of ['en', 'ja'] as const) {
    const svg = pictureOf(await record(home, lang), TITLES[lang]);
    const file = join(folder, lang === 'en' ? 'kizashi.svg' : `kizashi.${lang}.svg`);
    writeFileSync(file, svg);
    process.stdout.write(`${file}: ${Math.round(Buffer.byteLength(svg) / 1024)} KB\n`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
