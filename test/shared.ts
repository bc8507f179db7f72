/** A folder for what the files of one run share, such as a home that was synced once; gone when the run ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-run-'));
  process.env.KIZASHI_TEST_SHARED = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
