import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../engine/cli/inkreel.mjs', import.meta.url));

export type CliResult = { exitCode: number | null; stdout: string; stderr: string };

/** Folders of its own for a command line under test, so that nothing of the user's is touched. */
export function cliEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    INKREEL_DATA: `${folder}/data`,
    INKREEL_CACHE: `${folder}/cache`,
    INKREEL_PROJECTS: `${folder}/projects`,
    INKREEL_EXPORTS: `${folder}/exports`,
  };
}

/** Starts the command line as a user does, as a process of its own. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CliResult> {
  const child = startCli(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

/** Runs a command with `--json` that must succeed; gives the document it printed. */
export async function cliJson<T>(args: readonly string[], env: NodeJS.ProcessEnv): Promise<T> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--json'], env);
  if (exitCode !== 0)
    throw new Error(`inkreel ${args.join(' ')} ended with ${exitCode}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}
