import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { CallOutput } from '#core/contract/contract.ts';
import { settleAsync } from '#core/fault.ts';
import { findCompositionsBundle } from '../graphics/compositionsBundle.ts';
import { run } from '../process/run.ts';
import type { Services } from '../services.ts';
import { findBrowser } from './browser.ts';
import type { Ffmpeg } from './ffmpeg.ts';

type Report = CallOutput<'app.doctor'>;
type Item = Report['items'][number];

const ENCODERS = ['libx264', 'aac'];
const FILTERS = ['fps', 'xfade', 'overlay', 'scale', 'pad', 'tpad', 'aresample', 'atrim', 'tile'];
const LOW_DISK_BYTES = 2e9;

/** Looks at everything Inkreel needs and says what is missing and how to get it. */
export async function diagnose(services: Services): Promise<Report> {
  const items = [
    present('Node', process.versions.node, process.execPath),
    electron(),
    ...(await ffmpeg(services)),
    await browser(),
    await compositions(services.resourcesDir),
    sqlite(),
    ...(await voices(services)),
    await disk(services.dataDir),
  ];
  return { ok: items.every((item) => item.ok), items };
}

function present(name: string, version: string | null, path: string | null): Item {
  return { name, ok: true, version, path, hint: '' };
}

function absent(name: string, hint: string): Item {
  return { name, ok: false, version: null, path: null, hint };
}

/** Electron is one of two shells: without it the studio runs in a browser window, so its absence is no fault. */
function electron(): Item {
  const running = process.versions['electron'];
  if (running) return present('Electron', running, process.execPath);
  const program = electronProgram();
  if (program !== null) return present('Electron', null, program);
  return {
    ...present('Electron', null, null),
    hint: 'Not here; the studio opens in a browser window instead.',
  };
}

/** Where the `electron` package keeps its program. Asking the package itself would make it download one. */
function electronProgram(): string | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

async function ffmpeg(services: Services): Promise<Item[]> {
  const found = await settleAsync(() => services.tools.ffmpeg());
  if (!found.ok) return [absent('ffmpeg', found.error.message)];
  const tools = found.value;
  const [encoders, filters] = await Promise.all([
    missingOf(tools, '-encoders', ENCODERS),
    missingOf(tools, '-filters', FILTERS),
  ]);
  const part = (name: string, missing: string[]): Item =>
    missing.length === 0
      ? present(name, null, tools.ffmpeg)
      : absent(
          name,
          `This ffmpeg lacks ${missing.join(', ')}. Install a complete build of ffmpeg.`,
        );
  return [
    present('ffmpeg', tools.version, tools.ffmpeg),
    present('ffprobe', null, tools.ffprobe),
    part('ffmpeg encoders', encoders),
    part('ffmpeg filters', filters),
  ];
}

async function missingOf(
  tools: Ffmpeg,
  list: string,
  wanted: readonly string[],
): Promise<string[]> {
  const { stdout } = await run(tools.ffmpeg, ['-hide_banner', list]);
  const names = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return wanted.filter((name) => !names.has(name));
}

async function browser(): Promise<Item> {
  const path = await findBrowser();
  if (path === null) {
    return absent(
      'Browser for titles',
      'Install Chromium or Chrome, or set INKREEL_BROWSER to its path. Films without titles and burnt-in captions do not need it.',
    );
  }
  const { stdout } = await run(path, ['--version', '--no-sandbox']).catch(() => ({ stdout: '' }));
  return present('Browser for titles', /[\d.]{3,}/.exec(stdout)?.[0] ?? null, path);
}

async function compositions(resourcesDir: string): Promise<Item> {
  const found = await settleAsync(() => findCompositionsBundle(resourcesDir));
  return found.ok
    ? present('Titles and captions', found.value.version, found.value.dir)
    : absent('Titles and captions', found.error.message);
}

/** Only narration needs a voice, so its absence is no fault. */
async function voices(services: Services): Promise<Item[]> {
  const engines = await services.tools.voiceEngines();
  return engines.map(({ name, version, path, hint }) => ({
    ...present(`Voices: ${name}`, version, path),
    hint: hint === '' ? '' : `${hint} Only reading books aloud needs it.`,
  }));
}

function sqlite(): Item {
  const db = new Database(':memory:');
  try {
    const version = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get();
    return present('SQLite', version?.version ?? null, null);
  } finally {
    db.close();
  }
}

async function disk(folder: string): Promise<Item> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB free`;
  return free < LOW_DISK_BYTES
    ? {
        ...absent('Disk', 'Little space is left. Free some before exporting long films.'),
        version: text,
        path: folder,
      }
    : present('Disk', text, folder);
}
