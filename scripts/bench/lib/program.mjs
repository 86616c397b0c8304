import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { environment } from '../../steps/tool.mjs';

/**
 * Runs a program to its end and answers its output and how long it took as a whole process. Throws what it said when
 * it fails. `onStart` is given the child process.
 */
export async function runProgram(program, args, { quiet = true, onStart, ...options } = {}) {
  const started = performance.now();
  const child = spawn(program, args, {
    env: environment,
    stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
    ...options,
  });
  onStart?.(child);
  const output = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) {
    child[name]?.on('data', (chunk) => output[name].push(chunk));
  }
  const [exitCode] = await once(child, 'close');
  const ms = performance.now() - started;
  const stdout = Buffer.concat(output.stdout).toString();
  const stderr = Buffer.concat(output.stderr).toString();
  if (exitCode !== 0) {
    throw new Error(
      `${program} ended with ${exitCode}: ${`${stderr}\n${stdout}`.trim().slice(-2_000)}`,
    );
  }
  return { ms, stdout, stderr };
}

/** Whether a program can be started. */
export async function hasProgram(program, argument = '--version') {
  return runProgram(program, [argument]).then(
    () => true,
    (error) => error.code !== 'ENOENT',
  );
}
