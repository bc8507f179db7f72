/** Preloaded into a program: writes the path of every file that it loads as a module into the file that LOAD_LOG names. */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(process.env.LOAD_LOG, `${fileURLToPath(url)}\n`);
    return next(url, context);
  },
});
