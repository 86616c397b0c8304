import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';

const STDERR_TAIL_CHARS = 16_384;
const KILL_AFTER_MS = 3_000;

/** Every child process of the engine is started here, so that none outlives its owner. */
const running = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export type RunOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Cancels: the child is asked to stop, and killed after three seconds. */
  signal?: AbortSignal;
  /** Called with each complete line of standard output; without it the output is collected. */
  onStdoutLine?: (line: string) => void;
  onStderrLine?: (line: string) => void;
  /** Receives raw standard output instead of text. */
  onStdoutData?: (chunk: Buffer) => void;
  /** Reads raw standard output at its own pace, so that a fast child waits for a slow reader. */
  readStdout?: (stdout: Readable) => Promise<void>;
  /** Writes the child's standard input; rejections other than a closed pipe fail the run. */
  writeStdin?: (stdin: Writable) => Promise<void>;
  /** Lets everything else go first, for work that takes all processors for long. */
  isPatient?: boolean;
};

export type RunResult = {
  exitCode: number | null;
  stdout: string;
  /** The last 16 KiB of standard error. */
  stderr: string;
};

/** Raised when `signal` cancelled a run. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}

/**
 * Runs a program with an argument list (never a shell) and waits for it. A non-zero exit is a result, not an
 * exception; a program that cannot be started rejects with the system's error; cancelling rejects with `Cancelled`.
 */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  if (options.signal?.aborted) throw new Cancelled();
  const spawnOptions: SpawnOptions = {
    stdio: [options.writeStdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  };
  const child = spawn(file, args, spawnOptions);
  running.add(child);
  if (options.isPatient) letOthersGoFirst(child);
  let stdout = '';
  let stderr = '';
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const { readStdout } = options;
  if (options.onStdoutData) child.stdout?.on('data', options.onStdoutData);
  else if (options.onStdoutLine) eachLine(child.stdout, options.onStdoutLine);
  else if (readStdout === undefined) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
  }
  eachLine(child.stderr, (line) => {
    stderr = `${stderr}${line}\n`.slice(-STDERR_TAIL_CHARS);
    options.onStderrLine?.(line);
  });
  try {
    const fed = feed(child, options.writeStdin);
    const read = readStdout && child.stdout ? readStdout(child.stdout) : undefined;
    const [exitCode] = await Promise.all([closed, fed, read]);
    if (options.signal?.aborted) throw new Cancelled();
    return { exitCode, stdout, stderr };
  } finally {
    clearTimeout(killTimer);
    options.signal?.removeEventListener('abort', stop);
    running.delete(child);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
}

function letOthersGoFirst({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is over already, or the system does not allow it: then it goes on as it is.
  }
}

async function feed(child: ChildProcess, write: RunOptions['writeStdin']): Promise<void> {
  const stdin = child.stdin;
  if (write === undefined || stdin === null) return;
  // A child that exits early closes the pipe; its exit code tells the story, not EPIPE.
  stdin.on('error', () => undefined);
  try {
    await write(stdin);
  } finally {
    stdin.end();
  }
}

function eachLine(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream?.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
