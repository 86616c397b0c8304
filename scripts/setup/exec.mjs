import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const OUTPUT_TAIL_CHARS = 20_000;

/**
 * Runs a program without a shell and answers `{exitCode, output}`; `exitCode` is null when it could not be started
 * or took longer than `timeoutMs`. `output` is the end of what it wrote to standard output and error.
 */
export function run(file, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (text) => {
      output = (output + text).slice(-OUTPUT_TAIL_CHARS);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const finish = (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    };
    child.once('error', (error) => {
      collect(error.message);
      finish(null);
    });
    child.once('close', finish);
  });
}

/** The first executable file of that name on the PATH, or null. */
export async function findOnPath(name, env = process.env) {
  const suffixes = process.platform === 'win32' ? ['.exe', ''] : [''];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (await isExecutable(path)) return path;
    }
  }
  return null;
}

/** The environment without the folders that npm puts before the PATH while it runs a script. */
export function environmentOutsideNpm(env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (env[key] ?? '').split(delimiter);
  const kept = folders.filter((folder) => !/node_modules[\\/]\.bin$|node-gyp-bin$/.test(folder));
  return { ...env, [key]: kept.join(delimiter) };
}

export function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
