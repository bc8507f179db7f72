/** Every word that a person reads, in both languages. Each area keeps its own table; keys are `area.what`. */

import { accountMessages } from './account.ts';
import { actingMessages } from './acting.ts';
import { appMessages } from './app.ts';
import { bookMessages } from './book.ts';
import { briefMessages } from './brief.ts';
import { chartsMessages } from './charts.ts';
import { cliMessages } from './cli.ts';
import { columnMessages } from './columns.ts';
import { dataMessages } from './data.ts';
import { errorMessages } from './errors.ts';
import { exportMessages } from './export.ts';
import { fileMessages } from './files.ts';
import { importMessages } from './import.ts';
import { looksMessages } from './looks.ts';
import { morningMessages } from './morning.ts';
import { outboxMessages } from './outbox.ts';
import { plainMessages } from './plain.ts';
import { playsMessages } from './plays.ts';
import { proofMessages } from './proof.ts';
import { qbrMessages } from './qbr.ts';
import { quietMessages } from './quiet.ts';
import { revenueMessages } from './revenue.ts';
import { rulesMessages } from './rules.ts';
import { scoresMessages } from './scores.ts';
import { scoringMessages } from './scoring.ts';
import { settingsMessages } from './settings.ts';
import { setupMessages } from './setup.ts';
import { severalMessages } from './several.ts';
import { shellMessages } from './shell.ts';
import { syncMessages } from './sync.ts';
import { teamMessages } from './team.ts';
import { templatesMessages } from './templates.ts';
import { termMessages } from './terms.ts';
import { writingMessages } from './writing.ts';

export const messages = {
  ...accountMessages,
  ...actingMessages,
  ...appMessages,
  ...bookMessages,
  ...briefMessages,
  ...chartsMessages,
  ...cliMessages,
  ...columnMessages,
  ...dataMessages,
  ...errorMessages,
  ...morningMessages,
  ...exportMessages,
  ...fileMessages,
  ...looksMessages,
  ...outboxMessages,
  ...plainMessages,
  ...playsMessages,
  ...qbrMessages,
  ...quietMessages,
  ...proofMessages,
  ...importMessages,
  ...revenueMessages,
  ...rulesMessages,
  ...scoresMessages,
  ...scoringMessages,
  ...settingsMessages,
  ...setupMessages,
  ...shellMessages,
  ...syncMessages,
  ...teamMessages,
  ...templatesMessages,
  ...termMessages,
  ...severalMessages,
  ...writingMessages,
} as const;
export type MessageKey = keyof typeof messages;
