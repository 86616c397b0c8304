import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { findBrowser } from '#engine/tools/browser.ts';
import type { ControlReply, ControlRequest, Controls } from '../electron-standin/control.ts';
import { type Studio, type StudioDriver, type StudioStart, studioEnvironment } from './driver.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const register = new URL('../electron-standin/register.ts', import.meta.url).href;
/** The program to test; another build of it when `INKREEL_BUILT_MAIN` names one. */
const program = process.env['INKREEL_BUILT_MAIN'] ?? join(checkout, 'out', 'main', 'index.js');

/** The built program under the stand-in for Electron, in real Chromium. */
export const standinDriver: StudioDriver = {
  name: 'the stand-in',
  obstacle: async () => {
    if (!existsSync(program)) return 'the program is not built; run “npm run build”';
    return (await findBrowser()) === null ? 'there is no Chromium' : null;
  },
  start,
};

type Control = <N extends keyof Controls>(
  name: N,
  ...list: Parameters<Controls[N]>
) => Promise<Awaited<ReturnType<Controls[N]>>>;

async function start(options: StudioStart): Promise<Studio> {
  const { child, errors } = launch(options);
  const control = controlOf(child);
  let browser: Browser;
  try {
    browser = await chromium.connectOverCDP(await control('endpoint'));
  } catch (error) {
    throw new Error(`The program did not start: ${errors()}`, { cause: error });
  }
  const studio: Studio = {
    page: async () => {
      const [context] = browser.contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (page === undefined) throw new Error('There is no page.');
      await page.waitForURL(/^https:/);
      await page.waitForLoadState('load');
      return page;
    },
    windows: () => control('windows'),
    setBounds: (bounds) => control('setBounds', bounds),
    setMaximised: (isMaximised) => control('setMaximised', isMaximised),
    minimise: () => control('minimise'),
    loadAddress: (address) => control('loadAddress', address),
    invokeRaw: (frame, channel, list) => control('invokeRaw', frame, channel, list),
    giveFile: async (selector, path) => {
      const { size } = await stat(path);
      await control('knowFile', { name: basename(path), sizeBytes: size, path });
      await (await studio.page()).setInputFiles(selector, path);
    },
    answerDialog: (paths) => control('answerDialog', paths),
    dialogs: () => control('dialogs'),
    openedAddresses: () => control('openedAddresses'),
    shownFiles: () => control('shownFiles'),
    escapedRequests: () => control('escapedRequests'),
    clickMenu: (labels) => control('clickMenu', [...labels]),
    openFile: (path) => control('openFile', path),
    openUrl: (url) => control('openUrl', url),
    startAgain: (argumentList) => exitCodeOf(launch({ ...options, argumentList }).child),
    quit: async () => {
      const ended = exitCodeOf(child);
      await browser.close();
      await control('quit').catch(() => undefined);
      return ended;
    },
    errors,
  };
  return studio;
}

function launch({ folder, argumentList = [] }: StudioStart) {
  const child = spawn(process.execPath, ['--import', register, program, ...argumentList], {
    cwd: checkout,
    env: studioEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Electron's messages are structured clones too.
    serialization: 'advanced',
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return { child, errors: () => text };
}

function controlOf(child: ChildProcess): Control {
  const waiting = new Map<number, (reply: ControlReply) => void>();
  let lastId = 0;
  child.on('message', (reply: ControlReply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.once('exit', () => {
    for (const [id, settle] of waiting) settle({ id, ok: false, value: 'The program has ended.' });
  });
  return (name, ...list) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      const request: ControlRequest = { id: lastId, name, list };
      waiting.set(lastId, ({ ok, value }) => {
        if (ok) resolve(value as Awaited<ReturnType<Controls[typeof name]>>);
        else reject(new Error(String(value)));
      });
      child.send(request, (error) => {
        if (error) reject(error);
      });
    });
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  await once(child, 'exit');
  return child.exitCode;
}
