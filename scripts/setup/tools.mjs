import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOnPath, isExecutable, run } from './exec.mjs';

/*
 * What set-up looks for on this computer. The product has its own search (engine/tools); this one is plain JavaScript
 * because it runs before any package is installed, and it keeps to the same order.
 */

const PROBE_TIMEOUT_MS = 10_000;

/** True when `version` ("5.1.9-0+deb12u1", "n7.0", a nightly's commit) is at least `major.minor`. */
function isAtLeast(version, major, minor = 0) {
  const match = /^n?(\d+)(?:\.(\d+))?(?=[.\-+~]|$)/.exec(version);
  // Nightly builds carry a commit or date instead of a release number; they are newer than any minimum.
  if (match === null) return true;
  const [foundMajor, foundMinor] = [Number(match[1]), Number(match[2] ?? 0)];
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

/** Node 24 from the `node` package: `{path, version}`, or null when it is absent or does not run. */
export async function findNode24(root) {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', 'node', 'bin', program);
  const { exitCode, output } = await run(path, ['--version'], { timeoutMs: PROBE_TIMEOUT_MS });
  const version = /^v(\S+)/.exec(output)?.[1];
  return exitCode === 0 && version !== undefined && isAtLeast(version, 24)
    ? { path, version }
    : null;
}

/** ffmpeg 5.1 or newer with an ffprobe: `{path, version, ffprobe, problem}`; `problem` says what is wrong, or null. */
export async function findFfmpeg(root, env = process.env) {
  const named = env.INKREEL_FFMPEG;
  const bundled = join(
    root,
    'node_modules',
    'ffmpeg-static',
    process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg',
  );
  const candidates = named ? [named] : [bundled, await findOnPath('ffmpeg', env)];
  let problem = named ? `INKREEL_FFMPEG is ${named}, which does not run` : 'not found';
  for (const path of candidates) {
    if (path === null || !(await isExecutable(path))) continue;
    const [version, ffprobe] = await Promise.all([versionOf(path), findFfprobe(path, env)]);
    if (version === null) continue;
    if (!isAtLeast(version, 5, 1)) problem = `${version} at ${path} is too old`;
    else if (ffprobe === null) problem = `ffprobe is missing beside ${path}`;
    else return { path, version, ffprobe, problem: null };
  }
  return { path: null, version: null, ffprobe: await findFfprobe(null, env), problem };
}

async function findFfprobe(ffmpeg, env) {
  const program = process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe';
  const beside = ffmpeg === null ? null : join(dirname(ffmpeg), program);
  for (const path of [env.INKREEL_FFPROBE, beside, await findOnPath('ffprobe', env)]) {
    if (path && (await isExecutable(path)) && (await versionOf(path)) !== null) return path;
  }
  return null;
}

async function versionOf(path) {
  const { exitCode, output } = await run(path, ['-version'], { timeoutMs: PROBE_TIMEOUT_MS });
  return exitCode === 0 ? (/^ff(?:mpeg|probe) version (\S+)/.exec(output)?.[1] ?? null) : null;
}

const BROWSER_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'microsoft-edge',
];
const BROWSER_PATHS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * A Chromium to draw graphics with, as a path or null. The headless shell is enough for the end-to-end tests as well:
 * it has WebCodecs with H.264 and AAC, WebGL 2, downloads and file inputs.
 */
export async function findBrowser(env = process.env) {
  const named = env.INKREEL_BROWSER;
  if (named) return (await isExecutable(named)) ? named : null;
  for (const name of BROWSER_NAMES) {
    const path = await findOnPath(name, env);
    if (path !== null) return path;
  }
  for (const path of BROWSER_PATHS[process.platform] ?? [])
    if (await isExecutable(path)) return path;
  return null;
}

/** Java 11 or newer, for EPUBCheck: `{path, version}` or null. */
export async function findJava(env = process.env) {
  const home = env.JAVA_HOME
    ? join(env.JAVA_HOME, 'bin', process.platform === 'win32' ? 'java.exe' : 'java')
    : null;
  for (const path of [home, await findOnPath('java', env)]) {
    if (path === null || !(await isExecutable(path))) continue;
    const { exitCode, output } = await run(path, ['-version'], { timeoutMs: PROBE_TIMEOUT_MS });
    const version = /version "([^"]+)"/.exec(output)?.[1];
    if (exitCode === 0 && version !== undefined && isAtLeast(version, 11)) return { path, version };
  }
  return null;
}

/** eSpeak NG, which reads books aloud: `{path, version}` or null. */
export async function findVoices(env = process.env) {
  for (const path of [env.INKREEL_ESPEAK, await findOnPath('espeak-ng', env)]) {
    if (!path || !(await isExecutable(path))) continue;
    const { exitCode, output } = await run(path, ['--version'], { timeoutMs: PROBE_TIMEOUT_MS });
    const version = /text-to-speech:\s*(\S+)/i.exec(output)?.[1];
    if (exitCode === 0 && version !== undefined) return { path, version };
  }
  return null;
}

/** A colour emoji font for captions, as a path or null; Windows and macOS always have one. */
export async function findEmojiFont(env = process.env) {
  if (process.platform !== 'linux') return 'built in';
  const folders = [
    ...(env.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share')
      .split(':')
      .map((folder) => join(folder, 'fonts')),
    join(env.HOME ?? homedir(), '.local', 'share', 'fonts'),
    join(env.HOME ?? homedir(), '.fonts'),
  ];
  for (const folder of folders) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    const font = files.find((file) => /emoji[^/]*\.(?:ttf|otf|ttc)$/i.test(file));
    if (font !== undefined) return join(folder, font);
  }
  return null;
}
