/** A progress line on stderr, on a terminal only, rewritten in place; for whoever is told and not shown, a line a phase. */

import type { SyncProgress } from '../data/sync/sync.ts';
import { cut } from '../text/cells.ts';
import { literal } from '../text/clean.ts';
import { formatSpan } from '../text/format.ts';
import { t } from '../text/messages/index.ts';
import type { Context } from './context.ts';

export interface ProgressLine {
  readonly show: (progress: SyncProgress) => void;
  readonly clear: () => void;
}

const EVERY_MS = 100;

export function syncProgress(context: Pick<Context, 'stderr' | 'lang' | 'env'>, asLines = false): ProgressLine {
  const { stderr, lang } = context;
  if (!stderr.isTTY || context.env.TERM === 'dumb') return { show: () => undefined, clear: () => undefined };
  if (asLines) return phaseLines(context);
  let last = 0;
  let shown = false;
  return {
    show: ({ phase, done, total, secondsLeft }) => {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      shown = true;
      const left = secondsLeft === null ? '…' : formatSpan(secondsLeft, lang);
      const text = t(lang, 'cli.sync.progress', { phase: t(lang, `data.sync.phase.${phase}`), done, total: total ?? '…', left });
      stderr.write(`\r\u001b[K${cut(literal(text), (stderr.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (shown) stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

function phaseLines({ stderr, lang }: Pick<Context, 'stderr' | 'lang'>): ProgressLine {
  let said = '';
  return {
    show: ({ phase }) => {
      if (phase === said) return;
      said = phase;
      stderr.write(`${t(lang, 'app.header.syncing', { what: t(lang, `data.sync.phase.${phase}`) })}\n`);
    },
    clear: () => undefined,
  };
}
