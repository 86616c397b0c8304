import { basename, dirname, resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import renderer from './renderer/vite.config.ts';

/**
 * The desktop shell: `main` and `preload` for Electron, and the interface. Packages stay outside the bundle of
 * `main`, because several have native parts; `preload` runs in the sandbox, which has no packages, so it is one file.
 */
export default defineConfig({
  main: {
    plugins: [workerThreads()],
    build: {
      externalizeDeps: { include: ['ffmpeg-static'] },
      outDir: 'out/main',
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: 'electron/main/index.ts' },
        // All in one folder, so that any of them finds the threads beside itself.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      outDir: 'out/renderer',
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});

/**
 * A thread of the engine begins at a file of its own, which it names as it lies in the source:
 * `new Worker(new URL('./typesetWorker.ts', import.meta.url))`. Each such file becomes an entry of the build.
 */
function workerThreads(): Plugin {
  return {
    name: 'inkreel:worker-threads',
    enforce: 'pre',
    transform: {
      filter: { id: /\/engine\/.*\.ts$/, code: 'new Worker(' },
      handler(code, id) {
        return code.replaceAll(
          /new URL\('(\.[^']*Worker\.ts)', import\.meta\.url\)/g,
          (_text, path: string) => {
            const name = basename(path, '.ts');
            this.emitFile({
              type: 'chunk',
              id: resolve(dirname(id), path),
              fileName: `${name}.js`,
            });
            return `new URL('./${name}.js', import.meta.url)`;
          },
        );
      },
    },
  };
}
