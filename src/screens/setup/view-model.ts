/** The steps of setting up a portal, each as lines. Pure. */
import { FEED_IDS } from '../../account.ts';
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { textField } from '../../components/text-field.ts';
import type { Access, SetupCoverage } from '../../open.ts';
import { width as cellWidth, fit, wrap } from '../../text/cells.ts';
import { type Clean, clean, literal } from '../../text/clean.ts';
import { formatPercent, formatSpan } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { mappingLines, mappingPage } from './mapping.ts';
import { type SetupUi, STEPS, shownOwners } from './state.ts';

export interface SetupInput {
  readonly ui: SetupUi;
  /** Where the token is that is used where none is typed. */
  readonly token: 'env' | 'kept' | null;
  readonly scopes: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

export interface SetupLines {
  readonly lines: readonly Line[];
  /** Where the terminal's own cursor stands in these lines; null hides it. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

const plainLines = (lines: readonly Line[]): SetupLines => ({ lines, cursor: null });

/** Rows of the step's list that fit. */
export function setupPage({ step }: Pick<SetupUi, 'step'>, height: number): number {
  if (step === 'mapping') return mappingPage(height);
  return Math.max(1, height - (step === 'owner' || step === 'coverage' ? 3 : 2));
}

export function setupLines(input: SetupInput): SetupLines {
  const { ui, width, height, lang } = input;
  switch (ui.step) {
    case 'token':
      return tokenLines(input);
    case 'access':
      return plainLines(accessLines(input));
    case 'owner':
      return ownerLines(input);
    case 'mapping': {
      const lines = mappingLines(ui, width, height, lang);
      if (!ui.finding) return plainLines(lines);
      const y = Math.min(height - 1, 2 + mappingPage(height) + 1);
      const key = ui.keys[ui.index]?.key ?? '';
      const before = lines[y]?.slice(0, 3).reduce((sum, one) => sum + cellWidth(one.text), 0) ?? 0;
      return { lines, cursor: key === '' ? null : { x: before + cellWidth(ui.finding.words.text), y } };
    }
    case 'coverage':
      return plainLines(coverageLines(input));
    case 'sync':
      return plainLines(syncLines(input));
  }
}

export function setupTitle({ step, portal }: SetupUi, lang: Lang): Line {
  const place = say(lang, 'setup.step', { n: STEPS.indexOf(step) + 1, of: STEPS.length });
  const about = portal === null ? literal('') : clean(`  ${portal.portalId} · ${portal.timeZone} · ${portal.currency}`);
  return [
    span(literal(' 兆 kizashi'), 'strong'),
    gap(2),
    span(say(lang, 'setup.title')),
    gap(2),
    span(place, 'quiet'),
    span(about, 'quiet'),
  ];
}

const paragraph = (text: Clean, width: number, tone: 'plain' | 'quiet' = 'plain'): Line[] =>
  wrap(text, Math.max(20, width - 2)).map((line): Line => [gap(1), span(line, tone)]);

const DOT = '•';
const LONGEST_MASK = 48;

function tokenLines({ ui, token, scopes, width, height, lang }: SetupInput): SetupLines {
  const intro = [
    [gap(1), span(say(lang, 'setup.token.title'), 'strong')],
    ...paragraph(say(lang, 'setup.token.how'), width),
    ...paragraph(say(lang, 'setup.token.scopes'), width),
    ...paragraph(literal(scopes.join('  ')), width, 'quiet'),
    emptyLine,
    ...(token === null ? [] : paragraph(say(lang, `setup.token.${token}`), width)),
  ];
  const prompt = say(lang, 'setup.token.prompt');
  const shown = literal(DOT.repeat(Math.min(LONGEST_MASK, [...ui.token.text].length)));
  const line: Line = [gap(1), span(prompt, 'accent'), gap(1), span(shown)];
  const kept = intro.slice(0, Math.max(0, height - 2));
  return {
    lines: [...kept, line, ...status(ui, width, lang)],
    cursor: { x: 2 + cellWidth(prompt) + cellWidth(shown), y: kept.length },
  };
}

/** What is being asked, or what came of it. */
function status({ busy, problem }: SetupUi, width: number, lang: Lang): Line[] {
  if (busy) return [[gap(1), span(say(lang, 'setup.asking'), 'quiet')]];
  return problem === null ? [] : wrap(problem, Math.max(20, width - 2)).map((line): Line => [gap(1), span(line, 'problem')]);
}

const ACCESS_MARKS = { ok: ['✓', 'better'], missing: ['✗', 'problem'], absent: ['–', 'quiet'], untried: ['·', 'quiet'] } as const;

function accessLines({ ui, width, lang }: SetupInput): Line[] {
  const names = ui.access.map(({ scopes }) => literal(scopes.join(', ')));
  const room = Math.min(Math.max(8, ...names.map(cellWidth)), Math.floor(width * 0.5));
  const rows = ui.access.map((one, index): Line => {
    const [mark, tone] = ACCESS_MARKS[one.state];
    return cutLine(
      [
        gap(1),
        span(literal(mark), tone),
        gap(1),
        span(fit(names[index] ?? literal(''), room), one.state === 'missing' ? 'strong' : 'plain'),
        gap(2),
        span(accessWords(one, lang), one.state === 'missing' ? 'problem' : 'quiet'),
      ],
      width,
    );
  });
  const missing = ui.access.filter(({ state }) => state === 'missing').length;
  const hint = missing === 0 ? say(lang, 'setup.access.all') : say(lang, 'setup.access.missing', { n: missing });
  return [
    [gap(1), span(say(lang, 'setup.access.title'), 'strong')],
    ...rows,
    emptyLine,
    ...paragraph(hint, width, missing === 0 ? 'quiet' : 'plain'),
    ...status(ui, width, lang),
  ];
}

function accessWords({ id, state }: Access, lang: Lang): Clean {
  if (state === 'absent') return say(lang, 'setup.access.absent');
  return say(lang, state === 'missing' ? `setup.lost.${id}` : `setup.for.${id}`);
}

function ownerLines({ ui, width, height, lang }: SetupInput): SetupLines {
  const owners = shownOwners(ui);
  const page = setupPage(ui, height);
  const drawn = textField(ui.search, Math.max(8, width - 20), 1, true);
  const prompt = say(lang, 'setup.owner.search');
  const rows = [
    ...owners.map(({ name, email }) => [clean(name), clean(email)] as const),
    [say(lang, 'setup.owner.all'), literal('')] as const,
  ];
  const listed = rows.slice(ui.offset, ui.offset + page).map(([name, email], row): Line => {
    const selected = ui.offset + row === ui.index;
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸ ' : '  '), 'selected'),
        span(fit(name, 28), selected ? 'selected' : email === '' ? 'accent' : 'plain'),
        gap(2),
        span(email, 'quiet'),
      ],
      width,
    );
  });
  return {
    lines: [
      [gap(1), span(say(lang, 'setup.owner.title'), 'strong')],
      [gap(1), span(prompt, 'accent'), gap(1), ...(drawn.lines[0] ?? [])],
      ...status(ui, width, lang),
      ...listed,
    ],
    cursor: { x: 2 + cellWidth(prompt) + (drawn.cursor?.x ?? 0), y: 1 },
  };
}

function coverageLines({ ui, width, height, lang }: SetupInput): Line[] {
  const { coverage } = ui;
  if (!coverage) return status(ui, width, lang);
  const fed = coverage.signals.filter(({ state }) => state === 'ok').length;
  const head = say(lang, 'setup.coverage.title', { ok: fed, total: coverage.signals.length, percent: formatPercent(coverage.share) });
  const rows = ordered(coverage).map((one): Line => {
    const mark = one.state === 'ok' ? span(literal('✓'), 'better') : span(literal(one.state === 'unavailable' ? '✗' : '–'), 'problem');
    const why = one.state === 'ok' ? literal('') : coverageWords(one, lang);
    return cutLine([gap(1), mark, gap(1), span(fit(clean(one.label[lang]), 36)), gap(2), span(why, 'quiet')], width);
  });
  const page = setupPage(ui, height);
  const mark = cutLine([gap(1), span(say(lang, ui.mark ? 'setup.mark.on' : 'setup.mark.off'), ui.mark ? 'accent' : 'plain')], width);
  return [[gap(1), span(head, 'strong')], mark, ...rows.slice(ui.offset, ui.offset + page), ...status(ui, width, lang)];
}

/** What does not work stands first: that is what one can do something about. */
const ordered = ({ signals }: SetupCoverage) => [
  ...signals.filter(({ state }) => state !== 'ok'),
  ...signals.filter(({ state }) => state === 'ok'),
];

function coverageWords({ state, because }: SetupCoverage['signals'][number], lang: Lang): Clean {
  if (state === 'unavailable') return say(lang, 'setup.coverage.scope', { scope: clean(because ?? '') });
  const feed = FEED_IDS.find((one) => one === because);
  return feed ? say(lang, `setup.feed.${feed}`) : clean(because ?? '');
}

function syncLines({ ui, width, lang }: SetupInput): Line[] {
  const { progress } = ui;
  const left = progress?.secondsLeft == null ? '' : ` · ${say(lang, 'app.header.left', { span: formatSpan(progress.secondsLeft, lang) })}`;
  const count = progress === null ? '' : ` ${progress.done}${progress.total === null ? '' : `/${progress.total}`}`;
  const bar = progress?.total
    ? literal('█'.repeat(Math.round((Math.min(progress.done, progress.total) / progress.total) * 30)).padEnd(30, '░'))
    : literal('');
  return [
    [gap(1), span(say(lang, 'setup.sync.title'), 'strong')],
    emptyLine,
    ...(ui.problem === null
      ? [
          cutLine([gap(1), span(clean(`${progress?.phase ?? say(lang, 'setup.asking')}${count}${left}`), 'accent')], width),
          [gap(1), span(bar, 'accent')] as Line,
        ]
      : [...status(ui, width, lang), emptyLine, ...paragraph(say(lang, 'setup.sync.again'), width, 'quiet')]),
  ];
}
