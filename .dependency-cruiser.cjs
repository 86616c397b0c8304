/*
 * The folder rules of docs/architecture: who may import what. A type-only import counts. Test files stand beside the
 * code and may also use the test libraries, Node and the helpers in tests/.
 */
const LAUNCHER = '^engine/cli/inkreel\\.mjs$';
const TEST = '\\.test\\.tsx?$';
/** Settings of the tools that build the product; not shipped. */
const BUILD_SETTINGS = '\\.config\\.ts$';
const NODE_BUILTIN = ['core'];

/** A regular expression for npm packages, as a specifier resolves inside node_modules or as it was written. */
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;

const USER_INTERFACE = packages(
  'react',
  'react-dom',
  'zustand',
  'radix-ui',
  '@radix-ui/[^/]+',
  'lucide-react',
  '@tanstack/[^/]+',
  '@fontsource(-variable)?/[^/]+',
);
const ELECTRON = packages('electron', 'electron-[^/]+');
const ENGINE_LIBRARIES = packages(
  'better-sqlite3',
  '@remotion/renderer',
  '@remotion/bundler',
  '@myriaddreamin/[^/]+',
  '@hono/node-server',
  'hono',
  'ws',
  'openai',
  'ffmpeg-static',
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-only-itself',
      comment:
        'core is pure: itself, zod, fractional-indexing, parsers of XML, HTML and Markdown, and shared documents.',
      severity: 'error',
      from: { path: '^core/', pathNot: TEST },
      to: {
        pathNot: [
          '^core/',
          packages(
            'zod',
            'fractional-indexing',
            'saxes',
            'yjs',
            'parse5',
            'mdast',
            'mdast-util-from-markdown',
            'mdast-util-gfm-footnote',
            'micromark-extension-gfm-footnote',
          ),
        ],
      },
    },
    {
      name: 'core-tests-stay-in-core',
      comment: 'A test of core needs no other folder.',
      severity: 'error',
      from: { path: `^core/.*${TEST}` },
      to: { path: '^(engine|electron|renderer|compositions|cloud|scripts)/' },
    },
    {
      name: 'engine-without-shell-or-interface',
      comment: 'engine runs without Electron and without an interface.',
      severity: 'error',
      from: { path: '^engine/' },
      to: { path: ['^(electron|renderer|compositions|cloud|scripts)/', ELECTRON, USER_INTERFACE] },
    },
    {
      name: 'electron-is-thin',
      comment: 'The shell talks to engine and knows the contract and faults of core, nothing else.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: ['^(renderer|compositions|cloud|scripts)/', USER_INTERFACE] },
    },
    {
      name: 'electron-core-contract-only',
      comment: 'The shell decides nothing, so it needs only the contract and faults of core.',
      severity: 'error',
      from: { path: '^electron/', pathNot: TEST },
      to: { path: '^core/', pathNot: ['^core/contract(/|\\.ts$)', '^core/fault\\.ts$'] },
    },
    {
      name: 'renderer-through-the-contract',
      comment: 'The interface reaches the computer only through the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^(engine|electron|cloud|scripts)/', ELECTRON, ENGINE_LIBRARIES] },
    },
    {
      name: 'renderer-without-node',
      comment: 'The interface runs in a sandboxed page.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: NODE_BUILTIN },
    },
    {
      name: 'compositions-only-core-and-remotion',
      comment: 'Graphics are drawn the same way in preview and export, so they depend on neither.',
      severity: 'error',
      from: { path: '^compositions/', pathNot: TEST },
      to: {
        pathNot: [
          '^(compositions|core)/',
          packages('react', 'remotion', '@fontsource(-variable)?/[^/]+', 'csstype'),
        ],
      },
    },
    {
      name: 'cloud-only-core',
      comment: 'The account service shares the rules and nothing else.',
      severity: 'error',
      from: { path: '^cloud/' },
      to: { path: ['^(engine|electron|renderer|compositions|scripts)/', ELECTRON] },
    },
    {
      name: 'nobody-imports-tests',
      comment: 'Helpers in tests/ are for tests and benches.',
      severity: 'error',
      from: { pathNot: ['^tests/', '^scripts/bench/', TEST] },
      to: { path: ['^tests/', TEST] },
    },
    {
      name: 'nobody-imports-a-test-file',
      comment: 'What two tests share is a helper in tests/.',
      severity: 'error',
      from: {},
      to: { path: TEST },
    },
    {
      name: 'child-processes-in-one-file',
      comment:
        'Every child process is started by engine/process/run.ts, so that none outlives its owner. The launcher of the command line, which hands over to a newer Node, is the one exception.',
      severity: 'error',
      from: {
        path: '^(core|engine|electron|renderer|compositions|cloud)/',
        pathNot: ['^engine/process/run\\.ts$', LAUNCHER, TEST],
      },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'no-development-package-in-the-product',
      comment: 'Development packages are not shipped. Electron itself is part of the installer.',
      severity: 'error',
      from: {
        path: '^(core|engine|electron|renderer|compositions)/',
        pathNot: [TEST, BUILD_SETTINGS],
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: ['(^|/)node_modules/electron/', '(^|/)node_modules/@types/'],
      },
    },
    {
      name: 'no-undeclared-package',
      comment:
        'A package that is used is in package.json. Type packages may come with the package they describe.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable-import',
      comment: 'Every import leads to something.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is left over.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(core|engine|electron|renderer|compositions)/',
        pathNot: ['\\.d\\.ts$', TEST],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|resources|test-results)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.css'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    skipAnalysisNotInRules: true,
  },
};
