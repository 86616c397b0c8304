import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '#engine/process/run.ts';
import { checkout, withTemporaryFolder } from './temporaryFolder.ts';

/** The packages that core may import; what they need themselves is found from where they really are. */
const PACKAGES = [
  'zod',
  'fractional-indexing',
  'saxes',
  'yjs',
  'parse5',
  'mdast-util-from-markdown',
  'mdast-util-gfm-footnote',
  'micromark-extension-gfm-footnote',
];

const IMPORT_ALL = `
  import { pathToFileURL } from 'node:url';
  for (const file of process.argv.slice(1)) {
    try {
      await import(pathToFileURL(file).href);
    } catch (error) {
      console.log(file + ': ' + error.message);
      process.exitCode = 1;
    }
  }
`;

async function importUnderPlainNode(folder: string): Promise<string[]> {
  const files = (await readdir(join(folder, 'core'), { recursive: true }))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(folder, 'core', file));
  expect(files.length).toBeGreaterThan(0);
  const { stdout } = await run(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', IMPORT_ALL, ...files],
    { cwd: folder, env: { PATH: '' } },
  );
  return stdout.split('\n').filter((line) => line !== '');
}

async function copyCoreAlone(folder: string): Promise<void> {
  await cp(join(checkout, 'core'), join(folder, 'core'), { recursive: true });
  const imports = { '#core/*': './core/*' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports }));
  for (const name of PACKAGES) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(checkout, 'node_modules', name), link, 'junction');
  }
}

test('every file of core loads under plain Node with no other folder present', async () => {
  await withTemporaryFolder(async (folder) => {
    await copyCoreAlone(folder);
    expect(await importUnderPlainNode(folder)).toEqual([]);
  });
});

test('a file of core that needs another folder does not load alone', async () => {
  await withTemporaryFolder(async (folder) => {
    await copyCoreAlone(folder);
    await writeFile(join(folder, 'core', 'planted.ts'), `import '#engine/process/run.ts';\n`);
    const problems = await importUnderPlainNode(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('planted.ts');
  });
});
