import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Fault, Refusal } from '#core/fault.ts';
import { createEngine } from '../engine.ts';
import { engineFolders } from '../folders.ts';
import { Cancelled } from '../process/run.ts';
import { CallRefused, type Command, type CommandContext, WrongUsage } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { createOutput, faultLines, type Output } from './output.ts';

/** Another command that writes is usually done by then; a studio is not. */
const WAIT_FOR_WRITER_MS = 2_000;
const EXIT = { done: 0, failed: 1, usage: 2, cancelled: 130 };

/** Runs one command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const output = createOutput({ json });
  const command = findCommand(args);
  if (command === null) {
    const asked = args.length === 0 || args[0] === 'help' || args.includes('--help');
    process[asked ? 'stdout' : 'stderr'].write(`${helpText()}\n`);
    return asked ? EXIT.done : EXIT.usage;
  }
  if (args.includes('--help')) {
    process.stdout.write(`inkreel ${command.name} ${command.usage}\n${command.summary}\n`);
    return EXIT.done;
  }
  try {
    return await runCommand(command, args.slice(command.name.split(' ').length), output);
  } catch (error) {
    return reportFailure(error, command, output);
  }
}

async function runCommand(
  command: Command,
  args: readonly string[],
  output: Output,
): Promise<number> {
  const { positionals, values } = parseWords(command, args);
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const engine = await createEngine({
    ...engineFolders(homedir(), process.env),
    appVersion: await appVersion(),
    ...(command.holdsProjects
      ? { program: 'Inkreel studio', keepsExports: true }
      : {
          program: `“inkreel ${command.name}”`,
          writing: 'when-needed',
          isUnattended: true,
          waitForWriterMs: WAIT_FOR_WRITER_MS,
        }),
  });
  try {
    const context: CommandContext = {
      positionals,
      options: values,
      engine,
      output,
      signal: interrupted.signal,
    };
    const { json, lines, failed } = await command.run(context);
    output.progressEnd();
    if (output.json && json !== undefined) output.line(JSON.stringify(json));
    if (!output.json) for (const line of lines) output.line(line);
    return failed ? EXIT.failed : EXIT.done;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await engine.close();
  }
}

/** Numbers below zero stay with the option before them; they look like options themselves. */
function withNegativeValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const before = joined.at(-1);
    const isValue = /^-\d/.test(word) && before !== undefined && /^--[a-z-]+$/.test(before);
    if (isValue) joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function parseWords(command: Command, args: readonly string[]) {
  try {
    const parsed = parseArgs({
      args: withNegativeValues(args),
      options: { json: { type: 'boolean' }, ...command.options },
      allowPositionals: true,
    });
    const [least, most] = command.positionals;
    const { length } = parsed.positionals;
    if (length < least || length > most)
      throw new WrongUsage(`Usage: inkreel ${command.name} ${command.usage}`);
    return parsed;
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    if (error instanceof TypeError) throw new WrongUsage(error.message);
    throw error;
  }
}

function reportFailure(error: unknown, command: Command, output: Output): number {
  output.progressEnd();
  if (error instanceof Cancelled) {
    report({ code: 'cli/cancelled', message: 'Cancelled. Nothing was left half done.' }, output);
    return EXIT.cancelled;
  }
  if (error instanceof WrongUsage) {
    report(
      {
        code: 'cli/wrong-usage',
        message: error.message,
        details: { usage: `inkreel ${command.name} ${command.usage}` },
      },
      output,
    );
    return EXIT.usage;
  }
  if (error instanceof CallRefused || error instanceof Refusal) {
    report(error.fault, output);
    return EXIT.failed;
  }
  throw error;
}

function report(fault: Fault, output: Output): void {
  if (output.json) output.line(JSON.stringify({ error: fault }));
  else process.stderr.write(`${faultLines(fault)}\n`);
}

function findCommand(args: readonly string[]): Command | null {
  const words = args.filter((word) => !word.startsWith('-'));
  const named = COMMANDS.find(({ name }) => {
    const parts = name.split(' ');
    return parts.every((part, index) => words[index] === part && args[index] === part);
  });
  return named ?? null;
}

function helpText(): string {
  const width = Math.max(...COMMANDS.map(({ name, usage }) => `${name} ${usage}`.length));
  const rows = COMMANDS.map(
    ({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(Math.min(width, 60))}  ${summary}`,
  );
  return [
    'inkreel: films and books from the command line',
    '',
    ...rows,
    '',
    'Every command takes --json and --help.',
  ].join('\n');
}

async function appVersion(): Promise<string> {
  const text = await readFile(
    join(fileURLToPath(new URL('../..', import.meta.url)), 'package.json'),
    'utf8',
  );
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
