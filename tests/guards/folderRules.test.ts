import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { run } from '#engine/process/run.ts';
import { checkout, withTemporaryFolder } from './temporaryFolder.ts';

const CRUISER = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const FOLDERS = ['core', 'engine', 'electron', 'renderer', 'compositions', 'tests'];

/** A small tree in which every import is allowed. */
const ALLOWED: Record<string, string> = {
  'core/fault.ts': `import { z } from 'zod';\nexport const fault = z.string();\n`,
  'core/clip.ts': `import { fault } from './fault.ts';\nexport type Clip = { fault: typeof fault };\n`,
  'core/clip.test.ts': `import { test } from 'vitest';\nimport type { Clip } from './clip.ts';\ntest('', () => {});\nexport type A = Clip;\n`,
  'core/contract/calls.ts': `import type { Clip } from '../clip.ts';\nexport type Calls = Clip;\n`,
  'engine/process/run.ts': `import { spawn } from 'node:child_process';\nexport const run = spawn;\n`,
  'engine/store.ts': `import Database from 'better-sqlite3';\nimport type { Clip } from '#core/clip.ts';\nimport { run } from './process/run.ts';\nexport const store = [Database, run];\nexport type S = Clip;\n`,
  'electron/main.ts': `import { app } from 'electron';\nimport type { Calls } from '#core/contract/calls.ts';\nimport { store } from '#engine/store.ts';\nexport const main = [app, store];\nexport type C = Calls;\n`,
  'compositions/Title.tsx': `import { useCurrentFrame } from 'remotion';\nimport type { Clip } from '#core/clip.ts';\nexport const title = useCurrentFrame;\nexport type C = Clip;\n`,
  'renderer/App.tsx': `import { useState } from 'react';\nimport { title } from '#compositions/Title.tsx';\nexport const app = [useState, title];\n`,
  'tests/helper.ts': `import { store } from '#engine/store.ts';\nexport const helper = store;\n`,
};

/** One forbidden import each: the rule that must catch it, the file, what it holds. */
const FORBIDDEN: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['core-only-itself', 'core/planted/disk.ts', `import 'node:fs';`],
  ['core-only-itself', 'core/planted/library.ts', `import 'react';`],
  ['core-only-itself', 'core/planted/lazy.ts', `export const later = () => import('node:os');`],
  [
    'core-only-itself',
    'core/planted/types.ts',
    `import type { run } from '#engine/process/run.ts';\nexport type R = typeof run;`,
  ],
  [
    'core-only-itself',
    'core/planted/reexport.ts',
    `export type { store } from '../../engine/store.ts';`,
  ],
  ['engine-without-shell-or-interface', 'engine/planted/shell.ts', `import 'electron';`],
  [
    'engine-without-shell-or-interface',
    'engine/planted/shellTypes.ts',
    `import type { App } from 'electron';\nexport type A = App;`,
  ],
  [
    'engine-without-shell-or-interface',
    'engine/planted/interface.ts',
    `import '#renderer/App.tsx';`,
  ],
  ['engine-without-shell-or-interface', 'engine/planted/react.ts', `import 'react';`],
  ['renderer-through-the-contract', 'renderer/planted/engine.ts', `import '#engine/store.ts';`],
  [
    'renderer-through-the-contract',
    'renderer/planted/types.ts',
    `import type { S } from '#engine/store.ts';\nexport type T = S;`,
  ],
  ['renderer-through-the-contract', 'renderer/planted/shell.ts', `import 'electron';`],
  ['renderer-without-node', 'renderer/planted/disk.ts', `import 'node:fs';`],
  [
    'compositions-only-core-and-remotion',
    'compositions/planted/interface.ts',
    `import '#renderer/App.tsx';`,
  ],
  ['compositions-only-core-and-remotion', 'compositions/planted/disk.ts', `import 'node:fs';`],
  ['electron-is-thin', 'electron/planted/interface.ts', `import '#renderer/App.tsx';`],
  [
    'electron-core-contract-only',
    'electron/planted/rules.ts',
    `import type { Clip } from '#core/clip.ts';\nexport type C = Clip;`,
  ],
  ['child-processes-in-one-file', 'engine/planted/process.ts', `import 'node:child_process';`],
  ['child-processes-in-one-file', 'electron/planted/process.ts', `import 'child_process';`],
  ['nobody-imports-tests', 'engine/planted/helper.ts', `import '#tests/helper.ts';`],
  ['nobody-imports-a-test-file', 'core/planted/two.test.ts', `import '../clip.test.ts';`],
  ['no-development-package-in-the-product', 'engine/planted/development.ts', `import 'vitest';`],
  ['no-unresolvable-import', 'engine/planted/nowhere.ts', `import './nothing.ts';`],
  ['no-cycles', 'core/planted/circleA.ts', `import './circleB.ts';`],
  ['no-orphans', 'core/planted/orphan.ts', `export const left = 1;`],
];

/** The other half of the planted cycle, which is reported once; its type-only import closes the circle. */
const CYCLE = {
  'core/planted/circleB.ts': `import type { A } from './circleA.ts';\nexport type B = A;\n`,
};

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

async function violationsIn(files: Record<string, string>): Promise<string[]> {
  return withTemporaryFolder(async (folder) => {
    for (const file of ['package.json', '.dependency-cruiser.cjs']) {
      await cp(join(checkout, file), join(folder, file));
    }
    await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const args = [CRUISER, '--output-type', 'json', ...FOLDERS];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder });
    expect(stdout, stderr).not.toBe('');
    const { violations } = report.parse(JSON.parse(stdout)).summary;
    return violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  });
}

test('a tree that keeps to the folder rules has no violation', async () => {
  expect(await violationsIn(ALLOWED)).toEqual([]);
});

test('every planted import is caught by its rule', async () => {
  const planted = Object.fromEntries(FORBIDDEN.map(([, file, text]) => [file, text]));
  const violations = await violationsIn({ ...ALLOWED, ...CYCLE, ...planted });
  expect(violations).toEqual(
    expect.arrayContaining(FORBIDDEN.map(([rule, file]) => `${rule}: ${file}`)),
  );
});
