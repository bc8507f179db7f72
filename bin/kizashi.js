#!/usr/bin/env node
// Starts the program, or says in one line what is missing. Written so that any Node since 12 can read it.

const MINIMUM = [22, 23, 0];

/** Where Node can, its own modules are asked for by a call: an import reads everything in them, and some of that is slow. */
function builtin(name) {
  return process.getBuiltinModule ? process.getBuiltinModule(name) : import(name);
}

function isOld(version) {
  const parts = version.split('.').map(Number);
  for (let index = 0; index < MINIMUM.length; index += 1) {
    if (parts[index] !== MINIMUM[index]) return parts[index] < MINIMUM[index];
  }
  return false;
}

async function main() {
  const { existsSync } = await builtin('fs');
  const { dirname, join } = await builtin('path');
  const { fileURLToPath, pathToFileURL } = await builtin('url');
  const here = dirname(fileURLToPath(import.meta.url));
  if (isOld(process.versions.node)) {
    const local = join(here, '..', 'node_modules', '.bin', 'node');
    if (existsSync(local) && !process.env.KIZASHI_RELAUNCHED) {
      const { spawnSync } = await import('node:child_process');
      const result = spawnSync(local, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
        stdio: 'inherit',
        env: { ...process.env, KIZASHI_RELAUNCHED: '1' },
      });
      if (result.signal) process.kill(process.pid, result.signal);
      process.exitCode = result.status === null ? 1 : result.status;
      return;
    }
    process.stderr.write(
      `kizashi needs Node.js ${MINIMUM.join('.')} or newer; this is ${process.versions.node}. Install a current Node.js (https://nodejs.org) and run it again.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const built = join(here, '..', 'dist', 'cli.js');
  if (!existsSync(built)) {
    process.stderr.write('kizashi is not built yet. Run: npm run build\n');
    process.exitCode = 1;
    return;
  }
  // What the engine made of the code is kept beside it, where only those can write who can change the code itself; a place
  // that cannot be written to costs nothing.
  const { enableCompileCache } = await builtin('module');
  if (enableCompileCache) enableCompileCache(join(here, '..', 'dist', 'compiled'));
  await import(pathToFileURL(built).href);
}

main();
