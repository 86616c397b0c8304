import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunResult, run } from '#engine/process/run.ts';
import { checkout, withTemporaryFolder } from './temporaryFolder.ts';

const LOCK = JSON.stringify({
  packages: {
    '': { name: 'inkreel' },
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-zod' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-else', optional: true },
  },
});

/** A checkout of nothing but set-up, with programs that only say their versions. */
type Stage = {
  folder: string;
  programs: string;
  install: (name: string, script: string) => Promise<void>;
  setup: (...args: string[]) => Promise<RunResult>;
};

async function withStage(use: (stage: Stage) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const programs = join(folder, 'programs');
    await cp(join(checkout, 'scripts/setup.mjs'), join(folder, 'scripts/setup.mjs'));
    await cp(join(checkout, 'scripts/setup'), join(folder, 'scripts/setup'), { recursive: true });
    await write(join(folder, 'package-lock.json'), LOCK);
    await write(join(folder, 'node_modules/.package-lock.json'), LOCK);
    await mkdir(join(folder, 'node_modules/node/bin'), { recursive: true });
    await symlink(process.execPath, join(folder, 'node_modules/node/bin/node'));
    await write(join(folder, 'scripts/build-compositions.mjs'), '');
    await write(join(folder, 'resources/compositions/index.html'), '');
    await write(join(folder, 'fonts/fonts/NotoColorEmoji.ttf'), '');
    await mkdir(programs);
    const install = async (name: string, script: string) => {
      await write(join(programs, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(programs, name), 0o755);
    };
    const setup = (...args: string[]) =>
      run(process.execPath, [join(folder, 'scripts/setup.mjs'), ...args], {
        cwd: folder,
        env: { PATH: programs, HOME: folder, XDG_DATA_DIRS: join(folder, 'fonts') },
      });
    await install('ffmpeg', 'echo "ffmpeg version 6.1.1 Copyright"');
    await install('ffprobe', 'echo "ffprobe version 6.1.1 Copyright"');
    await install('chromium', ':');
    await install('java', `echo 'openjdk version "17.0.1"' >&2`);
    await install('espeak-ng', 'echo "eSpeak NG text-to-speech: 1.51  Data at: here"');
    await use({ folder, programs, install, setup });
  });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const onLinux = test.skipIf(process.platform !== 'linux');
const asRoot = test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0);

onLinux('says nothing and exits 0 when nothing is missing', async () => {
  await withStage(async ({ setup }) => {
    const { exitCode, stdout, stderr } = await setup('--with-tests');
    expect(`${stdout}${stderr}`).toBe('');
    expect(exitCode).toBe(0);
  });
});

onLinux('an ffmpeg that is too old is named, with a way to get another', async () => {
  await withStage(async ({ install, setup }) => {
    await install('ffmpeg', 'echo "ffmpeg version 4.4.2-0ubuntu Copyright"');
    const { exitCode, stdout } = await setup();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('ffmpeg 5.1 or newer (4.4.2-0ubuntu');
    expect(stdout).toContain('install');
  });
});

onLinux('a missing Java stops only the tests', async () => {
  await withStage(async ({ install, setup }) => {
    await install('java', `echo 'java version "1.8.0_392"' >&2`);
    expect((await setup()).exitCode).toBe(0);
    const { exitCode, stdout } = await setup('--with-tests');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Java 11 or newer');
  });
});

onLinux('checking changes nothing and tells what is missing', async () => {
  await withStage(async ({ folder, setup }) => {
    await write(join(folder, 'package-lock.json'), LOCK.replace('4.0.0', '4.0.1'));
    const { exitCode, stdout } = await setup('--check');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^missing {2}npm packages: npm ci$/m);
    await expect(readFile(join(folder, 'node_modules/.inkreel-setup'))).rejects.toThrow('ENOENT');
  });
});

onLinux('packages are installed again when the lock changes, and only then', async () => {
  await withStage(async ({ folder, install, setup }) => {
    const log = join(folder, 'npm.log');
    await install('npm', `echo "$@" FFMPEG_BIN="$FFMPEG_BIN" >> '${log}'`);
    expect((await setup()).exitCode).toBe(0);
    await expect(readFile(log)).rejects.toThrow('ENOENT');
    await write(join(folder, 'package-lock.json'), LOCK.replace('4.0.0', '4.0.1'));
    expect((await setup()).exitCode).toBe(0);
    expect((await setup()).exitCode).toBe(0);
    const calls = (await readFile(log, 'utf8')).trim().split('\n');
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatch(/^ci .*FFMPEG_BIN=.*programs\/ffmpeg$/);
  });
});

onLinux('a failing npm stops set-up with npm’s own first error', async () => {
  await withStage(async ({ folder, install, setup }) => {
    await install('npm', 'echo "npm error code EUSAGE" >&2; exit 1');
    await write(join(folder, 'package-lock.json'), LOCK.replace('4.0.0', '4.0.1'));
    const { exitCode, stderr } = await setup();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm error code EUSAGE');
    await expect(readFile(join(folder, 'node_modules/.inkreel-setup'))).rejects.toThrow('ENOENT');
  });
});

asRoot('apt-get installs exactly what is missing, and says so first', async () => {
  await withStage(async ({ folder, programs, install, setup }) => {
    const log = join(folder, 'apt.log');
    await install('chromium', 'exit 1');
    await chmod(join(programs, 'chromium'), 0o644);
    await install('java', 'exit 1');
    await install('espeak-ng', 'exit 1');
    await install(
      'apt-cache',
      `printf 'default-jre-headless:\\n  Installed: (none)\\n  Candidate: 2:1.17-74\\n'
       printf 'espeak-ng:\\n  Installed: (none)\\n  Candidate: 1.51\\n'
       printf 'chromium-headless-shell:\\n  Installed: (none)\\n  Candidate: 156.0\\n'
       printf 'chromium:\\n  Installed: (none)\\n  Candidate: 2:1snap1-0ubuntu2\\n'`,
    );
    await install(
      'apt-get',
      `echo "$@" >> '${log}'
       printf '#!/bin/sh\\necho "openjdk version \\\\"17.0.1\\\\"" >&2\\n' > '${programs}/java'
       printf '#!/bin/sh\\n' > '${programs}/chromium-headless-shell'
       printf '#!/bin/sh\\necho "eSpeak NG text-to-speech: 1.51"\\n' > '${programs}/espeak-ng'
       /bin/chmod 755 '${programs}/chromium-headless-shell'`,
    );
    const { exitCode, stdout } = await setup('--with-tests');
    expect(await readFile(log, 'utf8')).toBe(
      'install -y --no-install-recommends chromium-headless-shell default-jre-headless espeak-ng\n',
    );
    expect(stdout).toBe(
      'Installing with apt-get: chromium-headless-shell, default-jre-headless, espeak-ng.\n',
    );
    expect(exitCode).toBe(0);
  });
});
