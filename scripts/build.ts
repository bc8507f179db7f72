/**
 * Bundles the program into dist/: one entry for the command line, one for the worker thread, shared code in chunks that
 * load only when a command needs them. Every library is inside; the package has nothing to install but the optional
 * keychain module.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { DEFAULT_POLICY } from '../src/scoring/policy-default.ts';
import { policyHash } from '../src/scoring/policy-hash.ts';
import { messages } from '../src/text/messages/all.ts';

const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');

/**
 * Yoga's own loader calls `fetch` on a `data:` URL, which pulls in the whole HTTP client before the first frame. Here it
 * is handed the bytes, read from a file beside the chunk that holds Yoga.
 */
const yogaBytes: Plugin = {
  name: 'yoga-bytes',
  setup(builder) {
    builder.onLoad({ filter: /yoga-layout[/\\]dist[/\\]binaries[/\\]yoga-wasm-base64-esm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const match = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/.exec(source);
      if (!match?.[1]) throw new Error('yoga-layout changed its loader: look at scripts/build.ts');
      writeFileSync(join(dist, 'chunks', 'yoga.wasm'), Buffer.from(match[1], 'base64'));
      return { contents: source.replace(match[1], ''), loader: 'js' };
    });
    builder.onLoad({ filter: /yoga-layout[/\\]dist[/\\]src[/\\]index\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const call = 'await loadYoga()';
      if (!source.includes(call)) throw new Error('yoga-layout changed its entry: look at scripts/build.ts');
      const bytes = `await loadYoga({ wasmBinary: readFileSync(new URL('./yoga.wasm', import.meta.url)) })`;
      return { contents: `import { readFileSync } from 'node:fs';\n${source.replace(call, bytes)}`, loader: 'js' };
    });
  },
};

/**
 * Small files that several commands, the app and the worker share. Each would become a chunk of its own, and a start
 * pays more for opening a file than for reading it.
 */
const SHARED = [
  'app/external-editor.ts',
  'app/leave.ts',
  'book/change-words.ts',
  'book/churn-reasons.ts',
  'book/escalation.ts',
  'book/hygiene.ts',
  'book/printed-receipt.ts',
  'book/product-report.ts',
  'book/quiet.ts',
  'book/revenue-book.ts',
  'book/revenue-json.ts',
  'book/revenue-reports.ts',
  'book/revenue-source.ts',
  'book/who-left.ts',
  'cli/data-source.ts',
  'cli/output.ts',
  'cli/report-sheet.ts',
  'data/outbox/clock.ts',
  'data/outbox/counts.ts',
  'data/outbox/ids.ts',
  'data/store/local.ts',
  'data/store/outbox-rows.ts',
  'data/store/post-mortems.ts',
  'data/store/sender-lock.ts',
  'plays/post-mortem.ts',
  'plays/progress.ts',
  'plays/reminder.ts',
  'plays/templates.ts',
  'policy.ts',
  'revenue/churn.ts',
  'revenue/cohorts.ts',
  'revenue/drivers.ts',
  'revenue/ledger.ts',
  'revenue/movements.ts',
  'revenue/population.ts',
  'revenue/products.ts',
  'revenue/retention.ts',
  'revenue/running.ts',
  'revenue/segments.ts',
  'rules/problem.ts',
  'scoring/bands.ts',
  'scoring/condition.ts',
  'scoring/mentions.ts',
  'text/dates.ts',
  'text/markup.ts',
  'text/moment.ts',
  'text/page.ts',
  'units/zone.ts',
  'workspace/api-text.ts',
  'workspace/handover.ts',
  'workspace/heap.ts',
  'workspace/history.ts',
  'workspace/hygiene.ts',
  'workspace/local-notice.ts',
  'workspace/post-mortem.ts',
  'workspace/sync-notices.ts',
  'workspace/whole-file.ts',
];

/** Node's own modules that every start loads. */
const EVERYWHERE = ['events', 'fs', 'os', 'path', 'sqlite'];
/** Node's own modules that the first frame has no use for: loaded when something of them is first used. */
const LATE = ['child_process', 'crypto', 'fs/promises', 'http', 'readline', 'stream', 'util', 'worker_threads', 'zlib'];

/**
 * esbuild makes a chunk for every set of entries that share code. Here everything that is loaded lazily rests on what
 * `list` needs and on what many share, so that all of that is shared by the same set: one file.
 */
const onePiece: Plugin = {
  name: 'one-piece',
  setup(builder) {
    const files = ['cli/commands/list.ts', ...SHARED].map((file) => join(root, 'src', file));
    const base = [...files, ...[...EVERYWHERE, ...LATE].map((name) => `node:${name}`)]
      .map((what) => `import ${JSON.stringify(what)};`)
      .join('\n');
    const worker = join(root, 'src/worker.ts');
    builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
      const target = join(resolveDir, path);
      const isLazy = kind === 'dynamic-import' || target === worker;
      return isLazy && target.startsWith(join(root, 'src/')) ? { path: target, namespace: 'lazy' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `${base}\nexport * from ${JSON.stringify(path)};`,
      resolveDir: root,
    }));
  },
};

/**
 * An `import` of one of Node's own modules reads everything that it exports, and with that loads what Node itself loads
 * only when it is used (streams with `fs`, half of the network with `child_process`). Here they are asked for by a call.
 */
const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`) }, ({ path, kind, importer, pluginData }) => {
      if (pluginData === 'real') return undefined;
      const name = path.replace(/^node:/, '');
      // What is taken as a whole is taken at once: a stand-in would be another object.
      const isOurs = !importer.includes('node_modules') || /node_modules[/\\](?:commander|env-paths)[/\\]/.test(importer);
      const isLate = LATE.includes(name) && kind === 'import-statement' && isOurs;
      // Libraries that are loaded later share theirs among themselves, so that ours stay in one piece.
      return { path: name, namespace: isLate ? 'late' : isOurs && kind === 'import-statement' ? 'builtin' : 'builtin-of-libraries' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'builtin-of-libraries' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
    }));
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(`node:${path}`) ?? {}));
      // What is only worked out when it is read stays unread.
      const names = properties.flatMap(([name, { value }]) =>
        value !== undefined && /^\w+$/.test(name) && name !== 'default' ? [name] : [],
      );
      const exported = names.map((name) => `const own_${name} = real.${name};\nexport { own_${name} as ${name} };`);
      return {
        contents: [`const real = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`, 'export default real;', ...exported].join(
          '\n',
        ),
      };
    });
    builder.onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(`node:${path}`) ?? {});
      return {
        contents: [
          `let real;`,
          `const late = () => (real ??= process.getBuiltinModule(${JSON.stringify(`node:${path}`)}));`,
          `for (const name of ${JSON.stringify(names)}) Object.defineProperty(exports, name, { enumerable: true, get: () => late()[name] });`,
        ].join('\n'),
      };
    });
  },
};

/**
 * Libraries with large tables, set up when they are first needed: what measures text that is not plain, and what reads
 * HTML. To the files named here they look as always.
 */
const LATE_LIBRARIES: Readonly<Record<string, { readonly for: string; readonly as: string }>> = {
  'string-width': {
    for: 'src/text/cells.ts',
    as: `let real; export default (text, options) => (real ??= require('string-width').default)(text, options);`,
  },
  htmlparser2: {
    for: 'src/data/hubspot/html.ts',
    as: `let real; export function Parser(...args) { return new (real ??= require('./node_modules/htmlparser2/dist/Parser.js').Parser)(...args); }`,
  },
};

const lateLibraries: Plugin = {
  name: 'late-libraries',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^(?:${Object.keys(LATE_LIBRARIES).join('|')})$`) }, ({ path, importer }) => {
      const late = LATE_LIBRARIES[path];
      return late && importer === join(root, late.for) ? { path, namespace: 'late-library' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'late-library' }, ({ path }) => ({
      contents: LATE_LIBRARIES[path]?.as ?? '',
      resolveDir: root,
    }));
  },
};

/** A program speaks one language: the words of each are a file beside the chunks, read when the first of them is needed. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup(builder) {
    builder.onLoad({ filter: /[/\\]text[/\\]messages[/\\]forms\.ts$/ }, () => {
      for (const lang of ['en', 'ja'] as const) {
        const words = Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, message[lang]]));
        writeFileSync(join(dist, 'chunks', `messages.${lang}.json`), JSON.stringify(words));
      }
      return {
        contents: [
          `import { readFileSync } from 'node:fs';`,
          `const tables = {};`,
          `const read = (lang) => JSON.parse(readFileSync(new URL('./messages.' + lang + '.json', import.meta.url), 'utf8'));`,
          `export const formOf = (lang, key) => (tables[lang] ??= read(lang))[key];`,
          `export const isMessageKey = (word) => Object.hasOwn(tables.ja ?? (tables.en ??= read('en')), word);`,
        ].join('\n'),
        loader: 'js',
        resolveDir: root,
      };
    });
  },
};

/** The licence texts of everything that is inside the bundle. */
function notices(metafile: Metafile): string {
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1]) packages.add(match[1]);
  }
  return [...packages]
    .sort()
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        name: string;
        version: string;
        license?: string;
      };
      const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
      const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : '';
      return `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence in its repository'})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'chunks'), { recursive: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', worker: 'src/worker.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: {
    __VERSION__: JSON.stringify(version),
    __DEFAULT_POLICY_HASH__: JSON.stringify(policyHash(DEFAULT_POLICY)),
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
  },
  alias: { 'react-devtools-core': join(root, 'scripts/empty.ts'), 'buffer-crc32': join(root, 'scripts/crc32.ts') },
  external: ['@napi-rs/keyring'],
  // CommonJS libraries inside an ES module bundle still ask for `require`.
  banner: {
    js: 'const require = (id) => { const found = process.getBuiltinModule(id); if (!found) throw new Error(id); return found; };',
  },
  plugins: [yogaBytes, oneLanguage, onePiece, lateBuiltins, lateLibraries],
  logLevel: 'warning',
});
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), notices(metafile));
writeFileSync(join(dist, 'meta.json'), JSON.stringify(metafile));
const total = Object.values(metafile.outputs).reduce((bytes, output) => bytes + output.bytes, 0);
process.stdout.write(`built ${relative(root, dist)}: ${Object.keys(metafile.outputs).length} files, ${(total / 1e6).toFixed(1)} MB\n`);
