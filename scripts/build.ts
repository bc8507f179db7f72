/**
 * Bundles the program into dist/: one entry for the command line, one for the worker thread, shared code in chunks that
 * load only when a command needs them. Every library is inside; the package has nothing to install but the optional
 * keychain module.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { DEFAULT_POLICY } from '../src/scoring/policy-default.ts';
import { policyHash } from '../src/scoring/policy-hash.ts';

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
 * esbuild makes a chunk for every set of entries that share code, and a start pays for each file that it opens. Here
 * everything that is loaded lazily rests on what `list` needs, so that all of that is shared by the same set: one file.
 */
const onePiece: Plugin = {
  name: 'one-piece',
  setup(builder) {
    const base = join(root, 'src/cli/commands/list.ts');
    const worker = join(root, 'src/worker.ts');
    builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
      const target = join(resolveDir, path);
      const isLazy = kind === 'dynamic-import' || target === worker;
      return isLazy && target.startsWith(join(root, 'src/')) ? { path: target, namespace: 'lazy' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `import ${JSON.stringify(base)};\nexport * from ${JSON.stringify(path)};`,
      resolveDir: root,
    }));
  },
};

/**
 * An `import` of one of Node's own modules reads everything that it exports, and with that loads what Node itself loads
 * only when it is used. What libraries ask for and a start has no use for waits until it is called.
 */
const LATE: Readonly<Record<string, string>> = {
  'node:process': 'export default process;',
  'node:util': `export const stripVTControlCharacters = (text) => process.getBuiltinModule('node:util').stripVTControlCharacters(text);`,
  'node:child_process': `export default { spawn: (...args) => process.getBuiltinModule('node:child_process').spawn(...args) };`,
};

const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      LATE[path] && /node_modules[/\\](commander|env-paths)[/\\]/.test(importer) ? { path, namespace: 'late' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: LATE[path] ?? '' }));
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
  alias: { 'react-devtools-core': join(root, 'scripts/empty.ts') },
  external: ['@napi-rs/keyring'],
  // CommonJS libraries inside an ES module bundle still ask for `require`.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  plugins: [yogaBytes, onePiece, lateBuiltins],
  logLevel: 'warning',
});
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), notices(metafile));
writeFileSync(join(dist, 'meta.json'), JSON.stringify(metafile));
const total = Object.values(metafile.outputs).reduce((bytes, output) => bytes + output.bytes, 0);
process.stdout.write(`built ${relative(root, dist)}: ${Object.keys(metafile.outputs).length} files, ${(total / 1e6).toFixed(1)} MB\n`);
