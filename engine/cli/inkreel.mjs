#!/usr/bin/env node
// Starts the command line under Node 24, which runs TypeScript as it is. From an older Node it hands over to the one
// that the `node` package brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// As a whole, since an older Node lacks a part of it.
import * as module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  // What was compiled once is kept, which halves the time to begin. Node finds out by itself what has changed.
  const { engineFolders } = await import('../folders.ts');
  const { cacheDir } = engineFolders(homedir(), process.env);
  module.enableCompileCache(join(cacheDir, 'code'));
  // Threads look for it there.
  process.env.NODE_COMPILE_CACHE ??= join(cacheDir, 'code');
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = fileURLToPath(new URL(`../../node_modules/node/bin/${suffix}`, import.meta.url));
  if (existsSync(bundled)) {
    const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    // The terminal sends its interrupt to both; the child decides what it means.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => child.kill(signal));
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    });
  } else {
    console.error(
      `Inkreel needs Node ${NEEDED_MAJOR} or newer. Run “npm run setup” in its folder once.`,
    );
    process.exitCode = 1;
  }
}
