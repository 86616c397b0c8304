import { existsSync } from 'node:fs';
import { join } from 'node:path';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PRODUCT = ['core', 'engine', 'electron', 'renderer', 'compositions', 'cloud'];
const FOLDERS = [...PRODUCT, 'tests'].filter((folder) =>
  existsSync(join(import.meta.dirname, folder, 'tsconfig.json')),
);
const TYPESCRIPT = [...FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx}`), '*.ts'];
const TESTS = ['**/*.test.{ts,tsx}', 'tests/**/*.{ts,tsx}'];

/** Switching a rule off takes a reason: `-- because …` after the rule's name. */
const reasonedDisable = {
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!/^\s*eslint-disable/.test(comment.value) || /\s--\s+\S/.test(comment.value))
            continue;
          context.report({ loc: comment.loc, message: 'Say why after “--”.' });
        }
      },
    };
  },
};

const SHELL_TRUE = {
  selector: 'Property[key.name="shell"][value.value=true]',
  message: 'Programs are started with an argument list, never through a shell.',
};
const IPC_MAIN = {
  selector: 'ImportSpecifier[imported.name="ipcMain"]',
  message: 'Only electron/**/ipc.ts receives calls from pages, so that every sender is checked.',
};
const OPEN_EXTERNAL = {
  selector: 'MemberExpression[property.name="openExternal"]',
  message: 'Only electron/**/openExternal.ts hands an address to the system, after checking it.',
};

/** What would make the rules of core depend on when, where or how often they run. */
const IMPURE_PROPERTIES = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
  ['crypto', 'randomUUID'],
  ['crypto', 'getRandomValues'],
].map(([object, property]) => ({
  object,
  property,
  message: 'core has no clock and no randomness: take the value from the caller.',
}));
const IMPURE_NAMES = [
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'globalThis',
].map((name) => ({
  name,
  message: 'core reaches nothing outside itself: take what it needs from the caller.',
}));
const CURRENT_TIME = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'core has no clock: take the time from the caller.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'core has no clock: take the time from the caller.',
  },
];

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    'demo/',
    'resources/',
    'coverage/',
    'test-results/',
    '**/.cache/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { inkreel: { rules: { 'reasoned-disable': reasonedDisable } } },
    rules: {
      'inkreel/reasoned-disable': 'error',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: {
        // One program for each folder's tsconfig.json; tests beside the code belong to tests/tsconfig.json.
        project: FOLDERS.map((folder) => `./${folder}/tsconfig.json`),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/require-array-sort-compare': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-expressions': 'error',
      'no-restricted-syntax': ['error', SHELL_TRUE, IPC_MAIN, OPEN_EXTERNAL],
    },
  },
  {
    files: ['electron/**/ipc.ts'],
    rules: { 'no-restricted-syntax': ['error', SHELL_TRUE, OPEN_EXTERNAL] },
  },
  {
    files: ['electron/**/openExternal.ts'],
    rules: { 'no-restricted-syntax': ['error', SHELL_TRUE, IPC_MAIN] },
  },
  {
    files: ['core/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': ['error', ...IMPURE_PROPERTIES],
      'no-restricted-globals': ['error', ...IMPURE_NAMES],
      'no-restricted-syntax': ['error', SHELL_TRUE, ...CURRENT_TIME],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}', 'compositions/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['scripts/**/*.mjs', '*.js', '*.cjs'],
    rules: { 'no-restricted-syntax': ['error', SHELL_TRUE], 'no-unused-vars': 'error' },
  },
);
