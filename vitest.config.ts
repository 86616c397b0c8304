import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const everywhere = {
  exclude: ['**/node_modules/**', '**/out/**', '**/dist/**'],
  setupFiles: ['./tests/support/seed.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,engine,electron,compositions,renderer,scripts}/**/*.test.{ts,tsx}'],
          ...everywhere,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts'],
          ...everywhere,
          fileParallelism: false,
          // The command line is started thousands of times, each with a cache of its own otherwise.
          env: {
            NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/code', import.meta.url)),
          },
          // What is waited for may take its time on a busy computer.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
