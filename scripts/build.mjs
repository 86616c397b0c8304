/* Builds what `npm start` and the installers run: the graphics, and out/ with the desktop shell and the interface. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSteps } from './steps/steps.mjs';
import { root, toolScript } from './steps/tool.mjs';

/** Answers the names of the steps that failed. */
export function build() {
  const steps = [{ name: 'graphics', args: [join(root, 'scripts', 'build-compositions.mjs')] }];
  if (existsSync(join(root, 'electron.vite.config.ts'))) {
    steps.push({
      name: 'desktop shell and interface',
      args: [toolScript('electron-vite'), 'build'],
    });
  }
  return runSteps(steps);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = await build();
  process.exitCode = failed.length === 0 ? 0 : 1;
}
