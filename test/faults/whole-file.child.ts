/** Writes a file of `size` bytes in pieces; `kill`: ends itself by force before the piece of that number. */
import { writeWholeFile } from '../../src/workspace/whole-file.ts';

const [path = '', size = '0', kill = ''] = process.argv.slice(2);
const PIECE = 65_536;

function* pieces(): Generator<Uint8Array> {
  for (let at = 0; at * PIECE < Number(size); at += 1) {
    if (kill !== '' && at === Number(kill)) process.kill(process.pid, 'SIGKILL');
    yield new Uint8Array(PIECE);
  }
}

process.stdout.write(JSON.stringify(await writeWholeFile(path, pieces(), { replace: true })));
