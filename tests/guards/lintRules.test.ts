import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { checkout } from './temporaryFolder.ts';

const eslint = new ESLint({
  cwd: checkout,
  // With CI set, the parser would take the types from the files on the disk instead of from the text given here.
  overrideConfig: {
    languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
  },
});

/** The rules that object to this text, were it what stands in that file. */
async function objections(file: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(text, { filePath: join(checkout, file) });
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => ruleId ?? message),
  );
}

test.each([
  ['no-restricted-properties', 'export const now = Date.now();\n'],
  ['no-restricted-properties', 'export const chance = Math.random();\n'],
  ['no-restricted-syntax', 'export const today = new Date();\n'],
  ['no-restricted-globals', 'setTimeout(() => undefined, 1);\n'],
])('core may not know the time or chance: %s', async (rule, text) => {
  expect(await objections('core/fault.ts', text)).toContain(rule);
});

test('core may compute with a date that it is given', async () => {
  expect(
    await objections('core/fault.ts', 'export const year = new Date(0).getUTCFullYear();\n'),
  ).toEqual([]);
});

test.each([
  ['@typescript-eslint/no-floating-promises', 'Promise.resolve(1);\n'],
  ['@typescript-eslint/no-explicit-any', 'export const loose: any = 1;\n'],
  [
    '@typescript-eslint/no-non-null-assertion',
    'export const first = (list: string[]) => list[0]!.length;\n',
  ],
  ['no-restricted-syntax', 'export const options = { shell: true };\n'],
  [
    'no-restricted-syntax',
    'import { ipcMain } from "electron";\nexport const receiver: unknown = ipcMain;\n',
  ],
  [
    'no-restricted-syntax',
    'import { shell } from "electron";\nexport const open: unknown = shell.openExternal.name;\n',
  ],
  ['inkreel/reasoned-disable', '// eslint-disable-next-line eqeqeq\nexport const same = 1 == 1;\n'],
])('product code is refused by %s', async (rule, text) => {
  expect(await objections('engine/process/run.ts', text)).toContain(rule);
});
