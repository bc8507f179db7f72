/** The app on fixture data as a program of its own, for tests in a real terminal. `KIZASHI_TEST_THROW` breaks the drawing of the book. */
import { runApp } from '../../src/app/start.tsx';
import { book, fixture, row, snapshotOf } from './fixture.ts';

const workspace = fixture();
const broken = () =>
  workspace.setSnapshot(
    snapshotOf([
      {
        ...row(0),
        get name(): string {
          throw new Error('a row that cannot be drawn');
        },
      },
    ]),
  );
if (process.env.KIZASHI_TEST_THROW) workspace.subscribe(() => {});
const running = runApp(workspace, { lang: 'en', env: process.env, logPath: '/tmp/kizashi.log' });
if (process.env.KIZASHI_TEST_THROW) broken();
else workspace.setSnapshot(book(40));
process.exitCode = await running;
process.stdout.write(
  `left with ${process.exitCode}, drafts ${JSON.stringify([...workspace.kept])}, acted ${JSON.stringify(workspace.acted)}\n`,
);
