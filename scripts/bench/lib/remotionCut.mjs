import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node, root } from '../../steps/tool.mjs';
import { runProgram } from './program.mjs';

/**
 * Bundles a composition of `scripts/bench/remotion` for Remotion, which is not timed; answers a function that renders
 * it in a process of its own, or null where there is no browser. It finds the source as `talking-head.mp4`.
 */
export async function remotionCut({ folder, source, entry, id, inputProps, crf, preset }) {
  const { findBrowser } = await import('../../../engine/tools/browser.ts');
  const browserExecutable = await findBrowser();
  if (browserExecutable === null) return null;
  const publicDir = join(folder, 'public');
  await mkdir(publicDir, { recursive: true });
  await copyFile(source, join(publicDir, 'talking-head.mp4'));
  const { bundle } = await import('@remotion/bundler');
  const serveUrl = await bundle({
    entryPoint: join(root, 'scripts/bench/remotion', entry),
    rootDir: root,
    outDir: join(folder, `bundle-${id}`),
    publicDir,
    enableCaching: false,
  });
  const program = fileURLToPath(import.meta.resolve('./renderCut.mjs'));
  return (output) =>
    runProgram(node, [
      program,
      JSON.stringify({ serveUrl, id, inputProps, browserExecutable, crf, preset, output }),
    ]);
}
