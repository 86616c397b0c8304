import { run } from '../process/run.ts';

export type Espeak = { path: string; version: string };

const WELL_KNOWN: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['C:\\Program Files\\eSpeak NG\\espeak-ng.exe'],
  darwin: ['/opt/homebrew/bin/espeak-ng', '/usr/local/bin/espeak-ng'],
};

/** Where narration finds no voice, this says how to get one. */
export const HOW_TO_GET_ESPEAK =
  process.platform === 'darwin'
    ? 'Install eSpeak NG with “brew install espeak-ng”.'
    : process.platform === 'win32'
      ? 'Install eSpeak NG with “winget install eSpeak-NG.eSpeak-NG”.'
      : 'Install eSpeak NG with your package manager, for example “sudo apt install espeak-ng”.';

/** The eSpeak NG to speak with, or null. Order: `INKREEL_ESPEAK` (the program’s path), the PATH, where installers put it. */
export async function findEspeak(env: NodeJS.ProcessEnv = process.env): Promise<Espeak | null> {
  const named = env['INKREEL_ESPEAK'];
  const candidates = named ? [named] : ['espeak-ng', ...(WELL_KNOWN[process.platform] ?? [])];
  for (const path of candidates) {
    const version = await versionOf(path);
    if (version !== null) return { path, version };
  }
  return null;
}

async function versionOf(path: string): Promise<string | null> {
  const result = await run(path, ['--version']).catch(() => null);
  if (result === null || result.exitCode !== 0) return null;
  return /text-to-speech:\s*(\S+)/i.exec(result.stdout)?.[1] ?? null;
}
