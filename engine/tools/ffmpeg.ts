import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { refuse } from '#core/fault.ts';
import { run } from '../process/run.ts';

export type Ffmpeg = {
  ffmpeg: string;
  ffprobe: string;
  version: string;
  source: 'INKREEL_FFMPEG' | 'ffmpeg-static' | 'PATH';
};

/** Oldest release whose filters and bitstream filters the export engine relies on. */
const MINIMUM = { major: 5, minor: 1 };

/**
 * The ffmpeg to use. Order: `INKREEL_FFMPEG` (the program's path), the `ffmpeg-static` package, `ffmpeg` on the PATH.
 * ffprobe is taken from beside ffmpeg, from `INKREEL_FFPROBE`, or from the PATH.
 * Refuses `tools/ffmpeg-missing` and `tools/ffmpeg-too-old`, each with what to install.
 */
export async function findFfmpeg(env: NodeJS.ProcessEnv = process.env): Promise<Ffmpeg> {
  const candidates: { path: string; source: Ffmpeg['source'] }[] = [];
  const named = env['INKREEL_FFMPEG'];
  if (named) candidates.push({ path: named, source: 'INKREEL_FFMPEG' });
  else {
    const bundled = bundledFfmpeg();
    if (bundled) candidates.push({ path: bundled, source: 'ffmpeg-static' });
    candidates.push({ path: 'ffmpeg', source: 'PATH' });
  }
  for (const { path, source } of candidates) {
    const [version, ffprobe] = await Promise.all([versionOf(path), findFfprobe(path, env)]);
    if (version === null || ffprobe === null) continue;
    if (isTooOld(version)) {
      refuse(
        'tools/ffmpeg-too-old',
        `ffmpeg ${version} is too old; Inkreel needs ${MINIMUM.major}.${MINIMUM.minor} or newer. ${HOW_TO_INSTALL}`,
        { path, version },
      );
    }
    return { ffmpeg: path, ffprobe, version, source };
  }
  refuse(
    'tools/ffmpeg-missing',
    `ffmpeg was not found, so films cannot be read or written. ${HOW_TO_INSTALL}`,
  );
}

const HOW_TO_INSTALL =
  process.platform === 'darwin'
    ? 'Install it with “brew install ffmpeg”.'
    : process.platform === 'win32'
      ? 'Install it with “winget install ffmpeg”.'
      : 'Install it with your package manager, for example “sudo apt install ffmpeg”.';

function bundledFfmpeg(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    // Inside a packaged app the program stands outside the archive, where it can be executed.
    if (typeof path !== 'string') return null;
    const unpacked = path.replace('app.asar', 'app.asar.unpacked');
    // Its binary is fetched when it is installed, which may have failed.
    return existsSync(unpacked) ? unpacked : null;
  } catch {
    return null;
  }
}

async function findFfprobe(ffmpeg: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const beside = dirname(ffmpeg) === '.' ? null : join(dirname(ffmpeg), `ffprobe${suffix}`);
  for (const candidate of [env['INKREEL_FFPROBE'], beside, 'ffprobe']) {
    if (candidate && (await versionOf(candidate)) !== null) return candidate;
  }
  return null;
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout, exitCode } = await run(path, ['-version']);
    if (exitCode !== 0) return null;
    return /^ff(?:mpeg|probe) version (\S+)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

function isTooOld(version: string): boolean {
  const match = /^n?(\d+)\.(\d+)/.exec(version);
  // Nightly builds carry a commit or date instead of a number; they are newer than any minimum.
  if (match === null) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major < MINIMUM.major || (major === MINIMUM.major && minor < MINIMUM.minor);
}
