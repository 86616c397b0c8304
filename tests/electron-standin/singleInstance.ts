import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';

/** What a second start tells the first. */
export type SecondStart = { argumentList: string[]; workingFolder: string };

/**
 * The lock that one running program holds on its folder. Answers whether it was free; when it was not, the holder is
 * told of this start, and `told` settles when it has heard.
 */
export function lockInstance(
  folder: string,
  start: SecondStart,
  onSecondStart: (start: SecondStart) => void,
): { isFirst: boolean; told: Promise<void> } {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'standin.lock');
  const address =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\${encodeURIComponent(folder)}`
      : join(folder, 'standin.sock');
  if (!take(lock)) return { isFirst: false, told: tell(address, start) };
  process.once('exit', () => {
    rmSync(lock, { force: true });
  });
  if (process.platform !== 'win32') rmSync(address, { force: true });
  const server = createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    connection.on('end', () => {
      onSecondStart(JSON.parse(text) as SecondStart);
      connection.end();
    });
  });
  server.listen(address).unref();
  return { isFirst: true, told: Promise.resolve() };
}

function take(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    if (isRunning(Number(readFileSync(lock, 'utf8')))) return false;
    rmSync(lock, { force: true });
    return take(lock);
  }
}

function isRunning(processId: number): boolean {
  try {
    return processId > 0 && process.kill(processId, 0);
  } catch {
    return false;
  }
}

function tell(address: string, start: SecondStart): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = connect(address, () => {
      connection.end(JSON.stringify(start));
    });
    connection.once('error', reject);
    connection.resume().once('close', () => {
      resolve();
    });
  });
}
