import { findOnPath, run } from './exec.mjs';

/** Package names of each thing that set-up may ask for, best first, by package manager. */
const NAMES = {
  ffmpeg: {
    apt: ['ffmpeg'],
    dnf: ['ffmpeg-free'],
    pacman: ['ffmpeg'],
    brew: ['ffmpeg'],
    winget: ['Gyan.FFmpeg'],
  },
  browser: {
    apt: ['chromium-headless-shell', 'chromium'],
    dnf: ['chromium-headless'],
    pacman: ['chromium'],
    brew: ['--cask chromium'],
    winget: ['Google.Chrome'],
  },
  java: {
    apt: ['default-jre-headless'],
    dnf: ['java-latest-openjdk-headless'],
    pacman: ['jre-openjdk-headless'],
    brew: ['openjdk'],
    winget: ['EclipseAdoptium.Temurin.21.JRE'],
  },
  voices: {
    apt: ['espeak-ng'],
    dnf: ['espeak-ng'],
    pacman: ['espeak-ng'],
    brew: ['espeak-ng'],
    winget: ['eSpeak-NG.eSpeak-NG'],
  },
  emoji: {
    apt: ['fonts-noto-color-emoji'],
    dnf: ['google-noto-color-emoji-fonts'],
    pacman: ['noto-fonts-emoji'],
    brew: [],
    winget: [],
  },
};

const COMMANDS = {
  apt: 'sudo apt install',
  dnf: 'sudo dnf install',
  pacman: 'sudo pacman -S',
  brew: 'brew install',
  winget: 'winget install',
};

/** The package manager of this computer: `apt`, `dnf`, `pacman`, `brew`, `winget`, or null. */
export async function findPackageManager(env = process.env) {
  if (process.platform === 'win32') return 'winget';
  if (process.platform === 'darwin') return 'brew';
  for (const [name, program] of [
    ['apt', 'apt-get'],
    ['dnf', 'dnf'],
    ['pacman', 'pacman'],
  ]) {
    if ((await findOnPath(program, env)) !== null) return name;
  }
  return null;
}

/** How to get a thing here, as a command to type or a plain sentence. */
export function howToGet(thing, manager) {
  const name = manager === null ? undefined : NAMES[thing][manager][0];
  if (name !== undefined) return `${COMMANDS[manager]} ${name}`;
  const packages = NAMES[thing].apt;
  return `install it with your package manager (on Debian: ${packages[0]})`;
}

/** Whether set-up may install packages itself. */
export function mayInstall(manager) {
  return manager === 'apt' && process.getuid?.() === 0;
}

/**
 * What apt can give for each thing, as package names. Ubuntu's Chromium packages only point at a snap, which
 * does not run in a container, so they do not count.
 */
async function aptCandidates(things, env = process.env) {
  const names = things.flatMap((thing) => NAMES[thing].apt);
  const { output } = await run('apt-cache', ['policy', ...names], { env: { ...env, LC_ALL: 'C' } });
  const available = new Set();
  for (const [, name, version] of output.matchAll(/^(\S+):\n(?:.*\n)??\s+Candidate: (\S+)/gm)) {
    if (version !== '(none)' && !/snap/.test(version)) available.add(name);
  }
  return things.flatMap((thing) => {
    return NAMES[thing].apt.find((candidate) => available.has(candidate)) ?? [];
  });
}

/**
 * Installs the things as root with apt-get, saying so first; the package lists are fetched only when they lack a
 * package or are too old to download from. Answers the output of what failed, or null.
 */
export async function aptInstall(things, { say, env = process.env }) {
  const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' } };
  let names = await aptCandidates(things, env);
  if (names.length < things.length) {
    say('Fetching the package lists (apt-get update).');
    await run('apt-get', ['update'], quiet);
    names = await aptCandidates(things, env);
  }
  if (names.length === 0) return null;
  say(`Installing with apt-get: ${names.join(', ')}.`);
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...names], quiet);
  const first = await install();
  if (first.exitCode === 0) return null;
  say('That failed; fetching the package lists (apt-get update) and trying once more.');
  await run('apt-get', ['update'], quiet);
  const second = await install();
  return second.exitCode === 0 ? null : second.output;
}
