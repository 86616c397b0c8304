/*
 * Everything that can be said about the code without ffmpeg or a browser: format, types, lint, folder rules, dead
 * code, unit tests.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSteps } from './steps/steps.mjs';
import { vitestArguments } from './steps/testReport.mjs';
import { root, toolScript } from './steps/tool.mjs';

const FOLDERS = ['core', 'engine', 'electron', 'compositions', 'renderer', 'tests'];

/** Answers the names of the steps that failed. */
export async function check() {
  const steps = [
    { name: 'format', args: [toolScript('@biomejs/biome', 'biome'), 'format', '.'] },
    { name: 'lint', args: [toolScript('eslint'), '--max-warnings=0', '.'] },
    ...FOLDERS.filter(hasTypeScript).map((folder) => ({
      name: `types in ${folder}`,
      args: [toolScript('typescript', 'tsc'), '-p', folder],
    })),
    {
      name: 'folder rules',
      args: [
        toolScript('dependency-cruiser', 'depcruise'),
        ...FOLDERS.filter(hasTypeScript),
        'scripts',
      ],
    },
    { name: 'dead code', args: [toolScript('knip')] },
    { name: 'unit tests', args: await vitestArguments('unit') },
  ];
  return runSteps(steps, { atOnce: 2 });
}

function hasTypeScript(folder) {
  if (!existsSync(join(root, folder, 'tsconfig.json'))) return false;
  return readdirSync(join(root, folder), { recursive: true }).some((file) => /\.tsx?$/.test(file));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = await check();
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
