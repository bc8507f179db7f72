/** The table of commands. A command's own file is loaded only when it runs. */

import type { CommandSpec, OptionSpec } from './command-spec.ts';

/** Which accounts. */
const CHOOSING: readonly OptionSpec[] = [
  { flags: '--owner <owner>', summary: 'cli.option.owner' },
  { flags: '--team <name>', summary: 'cli.option.team' },
  { flags: '--tier <tier>', summary: 'cli.option.tier', values: ['high', 'low', 'tech'] },
  { flags: '--customer-grade <name>', summary: 'cli.option.customer_grade' },
  { flags: '--band <band>', summary: 'cli.option.band', values: ['critical', 'high', 'watch', 'low', 'unknown'] },
  { flags: '--signal <id>', summary: 'cli.option.signal' },
  { flags: '--segment <name>', summary: 'cli.option.segment' },
  { flags: '--industry <name>', summary: 'cli.option.industry' },
  { flags: '--product <name>', summary: 'cli.option.product' },
  { flags: '--plan <name>', summary: 'cli.option.plan' },
  { flags: '--renewal-within <days>', summary: 'cli.option.renewal_within' },
  { flags: '--query <text>', summary: 'cli.option.query' },
];

const FILTERS: readonly OptionSpec[] = [
  ...CHOOSING,
  { flags: '--include-snoozed', summary: 'cli.option.include_snoozed' },
  {
    flags: '--sort <order>',
    summary: 'cli.option.sort',
    values: ['priority', 'risk', 'probability', 'mrr', 'contract', 'renewal', 'change', 'name'],
  },
  { flags: '--horizon <horizon>', summary: 'scoring.option.horizon', values: ['renewal'] },
  { flags: '--capacity <n>', summary: 'cli.option.capacity' },
  { flags: '--limit <n>', summary: 'cli.option.limit' },
];

/** Where a file goes. */
const OUTPUT: readonly OptionSpec[] = [
  { flags: '--output <file>', summary: 'export.option.output', values: 'file' },
  { flags: '--force', summary: 'export.option.force' },
];

/** A report in one of its formats, on standard output or as a file. */
const REPORT: readonly OptionSpec[] = [
  { flags: '--format <format>', summary: 'files.option.format', values: ['text', 'md', 'html', 'csv', 'xlsx', 'json'] },
  ...OUTPUT,
  { flags: '--bom', summary: 'export.option.bom' },
];

/** The same of accounts whatever their owner and team. */
const OF_ACCOUNTS = CHOOSING.filter(({ flags }) => !/^--(?:owner|team) /.test(flags));

const REVENUE: readonly OptionSpec[] = [
  { flags: '--owner <owner>', summary: 'revenue.option.owner' },
  { flags: '--team <name>', summary: 'revenue.option.team' },
  ...OF_ACCOUNTS,
  { flags: '--limit <n>', summary: 'revenue.option.limit' },
  ...REPORT,
];

const MONTHS: OptionSpec = { flags: '--months <n>', summary: 'revenue.option.months' };
const BY: OptionSpec = {
  flags: '--by <segment>',
  summary: 'revenue.option.by',
  values: ['tier', 'customer-grade', 'plan', 'industry', 'owner', 'team', 'product', 'size'],
};

const WRITING: readonly OptionSpec[] = [
  { flags: '--edit', summary: 'cli.option.edit' },
  { flags: '--dry-run', summary: 'cli.option.dry_run' },
  { flags: '--no-wait', summary: 'cli.option.no_wait' },
  { flags: '--undo <duration>', summary: 'cli.option.undo' },
];

/** Records of the account that an activity hangs on too. */
const ALSO_ON: readonly OptionSpec[] = [
  { flags: '--contact <contact>', summary: 'acting.option.contact', repeat: true },
  { flags: '--deal <deal>', summary: 'acting.option.deal', repeat: true },
  { flags: '--ticket <ticket>', summary: 'acting.option.ticket', repeat: true },
];

/** What it begins with. */
const FROM_TEMPLATE: readonly OptionSpec[] = [
  { flags: '--template <name>', summary: 'templates.option.template' },
  { flags: '--answer <fact=text>', summary: 'templates.option.answer', repeat: true },
];

/** Options that stand before any command. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--home <dir>', summary: 'cli.option.home', values: 'folder' },
  { flags: '--profile <name>', summary: 'cli.option.profile' },
  { flags: '--demo', summary: 'cli.option.demo' },
  { flags: '--as-of <date>', summary: 'cli.option.as_of' },
  { flags: '--lang <lang>', summary: 'cli.option.lang', values: ['en', 'ja'] },
  { flags: '--offline', summary: 'cli.option.offline' },
  { flags: '--json', summary: 'cli.option.json' },
  { flags: '--verbose', summary: 'cli.option.verbose' },
];

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'init',
    summary: 'cli.command.init',
    options: [
      { flags: '--token-stdin', summary: 'cli.option.token_stdin' },
      { flags: '--me <email>', summary: 'cli.option.me' },
      { flags: '--all', summary: 'cli.option.all' },
      { flags: '--map <key=property>', summary: 'cli.option.map', repeat: true },
      { flags: '--create-properties', summary: 'outbox.option.init_create' },
      { flags: '--yes', summary: 'cli.option.yes' },
    ],
    load: () => import('./commands/init.ts'),
  },
  { name: 'auth', args: '<action>', summary: 'cli.command.auth', words: ['status', 'logout'], load: () => import('./commands/auth.ts') },
  {
    name: 'sync',
    summary: 'cli.command.sync',
    options: [
      { flags: '--full', summary: 'cli.option.full' },
      { flags: '--owner <owner>', summary: 'cli.option.sync_owner' },
      { flags: '--team <name>', summary: 'sync.option.team' },
      { flags: '--all', summary: 'cli.option.all' },
      { flags: '--yes', summary: 'sync.option.yes' },
    ],
    load: () => import('./commands/sync.ts'),
  },
  {
    name: 'brief',
    summary: 'brief.command',
    options: [
      { flags: '--since <day>', summary: 'brief.option.since', values: ['last', 'yesterday', 'monday'] },
      ...CHOOSING,
      ...REPORT,
      { flags: '--exit-code', summary: 'brief.option.exit_code' },
    ],
    load: () => import('./commands/brief.ts'),
  },
  { name: 'list', summary: 'cli.command.list', options: FILTERS, load: () => import('./commands/list.ts') },
  {
    name: 'export',
    summary: 'export.command',
    options: [
      { flags: '--format <format>', summary: 'export.option.format', values: ['csv', 'xlsx', 'md', 'html', 'json'] },
      ...OUTPUT,
      { flags: '--bom', summary: 'export.option.bom' },
      { flags: '--diff <file>', summary: 'export.option.diff', values: 'file' },
      ...FILTERS,
    ],
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'show',
    args: '<account>',
    summary: 'cli.command.show',
    options: [{ flags: '--since <date>', summary: 'cli.option.since' }],
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'note',
    args: '<account> [text]',
    summary: 'cli.command.note',
    options: [
      { flags: '--text <text>', summary: 'cli.option.text' },
      { flags: '--at <moment>', summary: 'cli.option.at' },
      ...FROM_TEMPLATE,
      ...ALSO_ON,
      ...WRITING,
    ],
    load: () => import('./commands/note.ts'),
  },
  {
    name: 'task',
    args: '<account> [text]',
    summary: 'acting.command.task',
    words: ['done', 'postpone', 'assign'],
    options: [
      { flags: '--subject <text>', summary: 'cli.option.subject' },
      { flags: '--text <text>', summary: 'cli.option.text' },
      { flags: '--due <day>', summary: 'cli.option.due' },
      { flags: '--priority <priority>', summary: 'cli.option.priority', values: ['low', 'medium', 'high', 'none'] },
      { flags: '--type <type>', summary: 'cli.option.type', values: ['todo', 'call', 'email'] },
      { flags: '--assignee <who>', summary: 'acting.option.assignee', values: ['me', 'owner', 'lead'] },
      { flags: '--reminder <when>', summary: 'acting.option.reminder' },
      { flags: '--to <who>', summary: 'acting.option.task_to', values: ['me', 'owner', 'lead'] },
      ...FROM_TEMPLATE,
      ...ALSO_ON,
      ...WRITING,
    ],
    load: () => import('./commands/task.ts'),
  },
  {
    name: 'call',
    args: '<account> [text]',
    summary: 'acting.command.call',
    options: [
      { flags: '--text <text>', summary: 'cli.option.text' },
      { flags: '--subject <text>', summary: 'acting.option.subject' },
      { flags: '--at <moment>', summary: 'cli.option.at' },
      { flags: '--direction <direction>', summary: 'acting.option.call_direction', values: ['outbound', 'inbound'] },
      {
        flags: '--outcome <outcome>',
        summary: 'acting.option.call_outcome',
        values: ['completed', 'no-answer', 'busy', 'missed', 'canceled', 'failed'],
      },
      { flags: '--disposition <outcome>', summary: 'acting.option.disposition' },
      { flags: '--duration <length>', summary: 'acting.option.duration' },
      { flags: '--to <contact>', summary: 'acting.option.with', repeat: true },
      ...FROM_TEMPLATE,
      ...ALSO_ON,
      ...WRITING,
    ],
    load: () => import('./commands/call.ts'),
  },
  {
    name: 'meeting',
    args: '<account> [subject]',
    summary: 'acting.command.meeting',
    options: [
      { flags: '--subject <text>', summary: 'acting.option.subject' },
      { flags: '--text <text>', summary: 'cli.option.text' },
      { flags: '--start <moment>', summary: 'acting.option.start' },
      { flags: '--end <moment>', summary: 'acting.option.end' },
      { flags: '--duration <length>', summary: 'acting.option.duration' },
      {
        flags: '--outcome <outcome>',
        summary: 'acting.option.meeting_outcome',
        values: ['scheduled', 'completed', 'rescheduled', 'no-show', 'canceled'],
      },
      { flags: '--location <text>', summary: 'acting.option.location' },
      ...FROM_TEMPLATE,
      ...ALSO_ON,
      ...WRITING,
    ],
    load: () => import('./commands/meeting.ts'),
  },
  {
    name: 'email',
    args: '<account> [text]',
    summary: 'acting.command.email',
    options: [
      { flags: '--subject <text>', summary: 'acting.option.subject' },
      { flags: '--text <text>', summary: 'cli.option.text' },
      { flags: '--at <moment>', summary: 'cli.option.at' },
      { flags: '--direction <direction>', summary: 'acting.option.email_direction', values: ['sent', 'received', 'forwarded'] },
      { flags: '--to <contact>', summary: 'acting.option.with', repeat: true },
      ...FROM_TEMPLATE,
      ...ALSO_ON,
      ...WRITING,
    ],
    load: () => import('./commands/email.ts'),
  },
  {
    name: 'tasks',
    summary: 'acting.command.tasks',
    options: [
      { flags: '--assignee <who>', summary: 'acting.option.whose', values: ['me', 'all'] },
      { flags: '--overdue', summary: 'acting.option.overdue' },
      { flags: '--due <day>', summary: 'acting.option.due_by' },
      { flags: '--account <account>', summary: 'acting.option.account' },
      { flags: '--priority <priority>', summary: 'cli.option.priority', values: ['low', 'medium', 'high', 'none'] },
      { flags: '--limit <n>', summary: 'cli.option.limit' },
      ...REPORT,
    ],
    load: () => import('./commands/tasks.ts'),
  },
  {
    name: 'assign',
    args: '<account>',
    summary: 'acting.command.assign',
    options: [
      { flags: '--to <who>', summary: 'acting.option.to', values: ['me', 'lead'] },
      { flags: '--ask', summary: 'acting.option.ask' },
      { flags: '--because <text>', summary: 'acting.option.why' },
      { flags: '--due <day>', summary: 'cli.option.due' },
      ...WRITING.filter(({ flags }) => flags !== '--edit'),
    ],
    load: () => import('./commands/assign.ts'),
  },
  {
    name: 'postmortem',
    args: '<account>',
    summary: 'acting.command.postmortem',
    options: [
      {
        flags: '--reason <reason>',
        summary: 'acting.option.reason',
        values: ['competitor', 'price', 'support', 'feature', 'usage', 'payment', 'business', 'other'],
      },
      { flags: '--avoidable <answer>', summary: 'acting.option.avoidable', values: ['yes', 'no', 'unsure'] },
      { flags: '--helped <text>', summary: 'acting.option.helped' },
      { flags: '--fixed <text>', summary: 'acting.option.fixed' },
      ...WRITING,
    ],
    load: () => import('./commands/postmortem.ts'),
  },
  {
    name: 'pulse',
    args: '<account>',
    summary: 'cli.command.pulse',
    options: [
      { flags: '--points <n>', summary: 'cli.option.points' },
      { flags: '--because <text>', summary: 'cli.option.because' },
    ],
    load: () => import('./commands/pulse.ts'),
  },
  {
    name: 'play',
    args: '<account> [play]',
    summary: 'plays.command.play',
    options: [
      { flags: '--answer <id=text>', summary: 'plays.option.answer', repeat: true },
      { flags: '--skip <step>', summary: 'plays.option.skip', repeat: true },
      { flags: '--list', summary: 'plays.option.list' },
      ...WRITING.filter(({ flags }) => flags !== '--edit'),
    ],
    load: () => import('./commands/play.ts'),
  },
  {
    name: 'snooze',
    args: '<account>',
    summary: 'quiet.command.snooze',
    options: [
      { flags: '--until <day>', summary: 'quiet.option.until' },
      { flags: '--or-worse <n>', summary: 'quiet.option.or_worse' },
      { flags: '--because <text>', summary: 'quiet.option.snooze_because' },
    ],
    load: () => import('./commands/snooze.ts'),
  },
  { name: 'unsnooze', args: '<account>', summary: 'quiet.command.unsnooze', load: () => import('./commands/unsnooze.ts') },
  {
    name: 'dismiss',
    args: '<account> <signal>',
    summary: 'quiet.command.dismiss',
    options: [
      { flags: '--because <reason>', summary: 'quiet.option.dismiss_because', values: ['known', 'wrong-data', 'not-important'] },
      { flags: '--restore', summary: 'quiet.option.restore' },
    ],
    load: () => import('./commands/dismiss.ts'),
  },
  {
    name: 'outbox',
    args: '[action] [id]',
    summary: 'cli.command.outbox',
    words: ['list', 'send', 'retry', 'drop', 'undo', 'export', 'doubles', 'probe'],
    options: [
      { flags: '--set <field=value>', summary: 'outbox.option.set', repeat: true },
      { flags: '--all', summary: 'outbox.option.all' },
      { flags: '--heal', summary: 'outbox.option.heal' },
      { flags: '--create-properties', summary: 'outbox.option.create_properties' },
    ],
    load: () => import('./commands/outbox.ts'),
  },
  {
    name: 'scores',
    args: '<action>',
    summary: 'scores.command',
    words: ['push'],
    options: [
      { flags: '--dry-run', summary: 'scores.option.dry_run' },
      { flags: '--create-properties', summary: 'scores.option.create' },
      { flags: '--full', summary: 'scores.option.full' },
    ],
    load: () => import('./commands/scores.ts'),
  },
  {
    name: 'import',
    args: '<kind> [file]',
    summary: 'import.command',
    words: ['mrr', 'usage'],
    options: [
      { flags: '--dry-run', summary: 'import.option.dry_run' },
      { flags: '--skip-unknown', summary: 'import.option.skip_unknown' },
    ],
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'backtest',
    summary: 'cli.command.backtest',
    options: [
      { flags: '--lead <days>', summary: 'cli.option.lead' },
      { flags: '--capacity <n>', summary: 'cli.option.backtest_capacity' },
      ...REPORT,
    ],
    load: () => import('./commands/backtest.ts'),
  },
  {
    name: 'calibrate',
    summary: 'cli.command.calibrate',
    options: [
      { flags: '--apply', summary: 'cli.option.apply' },
      { flags: '--undo', summary: 'scoring.option.undo' },
    ],
    load: () => import('./commands/calibrate.ts'),
  },
  {
    name: 'experiment',
    args: '[action] [name]',
    summary: 'proof.command.experiment',
    words: ['new', 'list', 'show'],
    options: [
      { flags: '--target <account>', summary: 'proof.option.target', repeat: true },
      { flags: '--target-file <file>', summary: 'proof.option.target_file', values: 'file' },
      { flags: '--control <account>', summary: 'proof.option.control', repeat: true },
      { flags: '--control-file <file>', summary: 'proof.option.control_file', values: 'file' },
      { flags: '--rest', summary: 'proof.option.rest' },
      { flags: '--draw <count>', summary: 'proof.option.draw' },
      { flags: '--seed <n>', summary: 'proof.option.seed' },
      { flags: '--from <date>', summary: 'proof.option.from' },
      { flags: '--to <date>', summary: 'proof.option.to' },
      ...CHOOSING,
      ...REPORT,
    ],
    load: () => import('./commands/experiment.ts'),
  },
  {
    name: 'ledger',
    summary: 'proof.command.ledger',
    options: [
      { flags: '--since <date>', summary: 'proof.option.ledger_since' },
      { flags: '--limit <n>', summary: 'proof.option.ledger_limit' },
      ...REPORT,
    ],
    load: () => import('./commands/ledger.ts'),
  },
  { name: 'mrr', summary: 'revenue.command.mrr', options: [MONTHS, BY, ...REVENUE], load: () => import('./commands/mrr.ts') },
  {
    name: 'churn',
    summary: 'revenue.command.churn',
    options: [
      MONTHS,
      BY,
      { flags: '--churned', summary: 'revenue.option.churned' },
      { flags: '--win-back', summary: 'revenue.option.win_back' },
      { flags: '--postmortem <state>', summary: 'revenue.option.postmortem', values: ['done', 'missing'] },
      { flags: '--avoidable <answer>', summary: 'revenue.option.avoidable', values: ['yes', 'no', 'unsure'] },
      { flags: '--fixed', summary: 'revenue.option.fixed' },
      ...REVENUE,
    ],
    load: () => import('./commands/churn.ts'),
  },
  {
    name: 'cohorts',
    summary: 'revenue.command.cohorts',
    options: [
      { flags: '--months <n>', summary: 'revenue.option.cohort_months' },
      ...REVENUE.filter(({ flags }) => !flags.startsWith('--limit')),
    ],
    load: () => import('./commands/cohorts.ts'),
  },
  { name: 'products', summary: 'revenue.command.products', options: [MONTHS, ...REVENUE], load: () => import('./commands/products.ts') },
  {
    name: 'team',
    summary: 'team.command',
    options: [
      { flags: '--team <name>', summary: 'team.option.team' },
      { flags: '--leaving <owner>', summary: 'team.option.leaving' },
      ...OF_ACCOUNTS,
      ...REPORT,
    ],
    load: () => import('./commands/team.ts'),
  },
  {
    name: 'qbr',
    args: '<account>',
    summary: 'qbr.command',
    options: [
      { flags: '--since <date>', summary: 'qbr.option.since' },
      { flags: '--for <reader>', summary: 'qbr.option.for', values: ['team', 'customer'] },
      { flags: '--format <format>', summary: 'qbr.option.format', values: ['md', 'html', 'text', 'json'] },
      ...OUTPUT,
    ],
    load: () => import('./commands/qbr.ts'),
  },
  {
    name: 'rules',
    args: '[action] [args...]',
    summary: 'cli.command.rules',
    words: ['list', 'lint', 'test', 'what-if'],
    load: () => import('./commands/rules.ts'),
  },
  {
    name: 'completion',
    args: '<shell>',
    summary: 'shell.completion',
    words: ['bash', 'zsh', 'fish'],
    load: async () => ({ run: (await import('./commands/completion.ts')).completion(COMMANDS, GLOBAL_OPTIONS) }),
  },
  { name: 'doctor', summary: 'cli.command.doctor', load: () => import('./commands/doctor.ts') },
  {
    name: 'config',
    args: '<action> [key] [value]',
    summary: 'cli.command.config',
    words: ['path', 'get', 'set', 'edit'],
    load: () => import('./commands/config.ts'),
  },
  {
    name: 'serve',
    summary: 'cli.command.serve',
    options: [{ flags: '--port <n>', summary: 'cli.option.port' }],
    load: () => import('./commands/serve.ts'),
  },
];

/** What runs where no command is named. */
export const OPEN_APP: CommandSpec['load'] = () => import('./commands/app.ts');
