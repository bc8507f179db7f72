/** Which file begins when: a long one that begins last is waited for by nobody but the one who started the run. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By what they wait for and compute; of a fresh clone nothing else is known than the length of the files' text. */
const LONGEST = [
  'test/faults/kill.test.ts',
  'test/cli/connection.test.ts',
  'test/cli/backtest.test.ts',
  'test/data/sync/kill.test.ts',
  'test/terminal/printed.test.ts',
  'test/terminal/app.test.ts',
  'test/terminal/restore.test.ts',
  'test/cli/demo.test.ts',
  'test/cli/store.test.ts',
  'test/cli/built.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? LONGEST.length : index;
    };
    const sorted = await super.sort(files);
    // Those that have a process of their own stay in front: between the others they would end the shared ones.
    const [alone, together] = [true, false].map((isAlone) => sorted.filter(({ project }) => project.config.isolate === isAlone));
    return [...(alone ?? []), ...(together ?? []).sort((a, b) => place(a) - place(b))];
  }
}
