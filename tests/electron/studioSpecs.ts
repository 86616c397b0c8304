import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, CallName, CallOutput } from '#core/contract/contract.ts';
import type { ShellBridge } from '#core/contract/shell.ts';
import { SHELL_CHANNELS } from '#core/contract/shellChannels.ts';
import type { Result } from '#core/fault.ts';
import type { Studio, StudioDriver } from './driver.ts';
import { toneFile } from './toneFile.ts';

declare global {
  interface Window {
    readonly inkreel?: ShellBridge;
  }
}

/** What the desktop program must do, whatever runs it. */
export function studioSpecs({ start }: StudioDriver): void {
  describe('one running program', () => {
    let folder: string;
    let studio: Studio;
    let page: Page;

    beforeAll(async () => {
      folder = await newFolder();
      studio = await start({ folder });
      page = await studio.page();
    });
    afterAll(async () => {
      await studio.quit();
      await rm(folder, { recursive: true, force: true });
    });

    it('shows Home in a visible window', async () => {
      await expect
        .poll(() => page.getByRole('button', { name: 'New film' }).first().isVisible())
        .toBe(true);
      const [window, ...others] = await studio.windows();
      expect(others).toEqual([]);
      expect(window).toMatchObject({ isVisible: true, address: 'inkreel-app://studio/' });
      expect(window?.bounds.width).toBeGreaterThanOrEqual(1024);
    });

    it('gives the page the bridge and nothing of Node or Electron', async () => {
      const found = await page.evaluate(() => {
        const world = globalThis as unknown as Record<string, unknown>;
        const names = [
          'process',
          'require',
          'module',
          'Buffer',
          'global',
          'electron',
          'ipcRenderer',
        ];
        return {
          bridge: Object.keys(window.inkreel ?? {}).sort(),
          present: names.filter((name) => world[name] !== undefined),
        };
      });
      expect(found.present).toEqual([]);
      expect(found.bridge).toEqual([
        'call',
        'chooseToOpen',
        'chooseToSave',
        'listen',
        'listenToShell',
        'pathOfFile',
        'platform',
        'restartToUpdate',
        'showInFolder',
      ]);
    });

    it('keeps the bridge as it is, whatever the page does to it', async () => {
      const after = await page.evaluate(async () => {
        const attempt = (change: () => void) => {
          try {
            change();
          } catch {
            // Strict code is told; either way nothing may change.
          }
        };
        const world = globalThis as unknown as Record<string, Record<string, unknown>>;
        attempt(() => Object.assign(world['inkreel'] ?? {}, { call: () => 'replaced' }));
        attempt(() => {
          world['inkreel'] = {};
        });
        attempt(() => Object.defineProperty(world, 'inkreel', { value: {} }));
        return window.inkreel?.call('app.info', {});
      });
      expect(after).toMatchObject({ ok: true });
    });

    it('carries calls to the engine and answers back', async () => {
      const answer = await call(page, 'app.info', {});
      expect(answer).toMatchObject({ ok: true, value: { platform: process.platform } });
      expect(answer.ok && answer.value.projectsDir.startsWith(folder)).toBe(true);
    });

    it('answers calls that do not exist or do not fit with a fault', async () => {
      const answers = await page.evaluate(() =>
        Promise.all([
          window.inkreel?.call('app.quit', {}),
          window.inkreel?.call('__proto__', {}),
          window.inkreel?.call('constructor', {}),
          window.inkreel?.call('project.open', { path: 7 }),
          window.inkreel?.call('project.open', null),
        ]),
      );
      expect(answers.map((answer) => (answer?.ok ? 'done' : answer?.error.code))).toEqual([
        'contract/unknown-call',
        'contract/unknown-call',
        'contract/unknown-call',
        'contract/bad-input',
        'contract/bad-input',
      ]);
    });

    it('tells the window what happened in the engine', async () => {
      const project = await newProject(page, 'Events');
      const event = await page.evaluate(
        ([projectId]) =>
          new Promise((resolve) => {
            const end = window.inkreel?.listen((happening) => {
              if (happening.type !== 'project.changed') return;
              end?.();
              resolve(happening);
            });
            const commands = [{ type: 'project.rename', name: 'Renamed' }];
            void window.inkreel?.call('project.edit', { projectId, commands });
          }),
        [project.projectId] as const,
      );
      expect(event).toMatchObject({ projectId: project.projectId, revision: project.revision + 1 });
    });

    it('knows the path of a file that was given to the page', async () => {
      const file = join(folder, 'given.txt');
      await writeFile(file, 'given');
      await page.evaluate(() => {
        const input = document.createElement('input');
        input.type = 'file';
        input.id = 'given';
        document.body.append(input);
      });
      await studio.giveFile('#given', file);
      const paths = await page.evaluate(() => {
        const [given] = document.querySelector<HTMLInputElement>('#given')?.files ?? [];
        const made = new File(['x'], 'made.txt');
        return [given, made, {}].map((item) => window.inkreel?.pathOfFile(item ?? {}));
      });
      expect(paths).toEqual([file, null, null]);
      await page.evaluate(() => document.querySelector('#given')?.remove());
    });

    it('serves media in ranges', async () => {
      const file = join(folder, 'tone.wav');
      const bytes = toneFile();
      await writeFile(file, bytes);
      const { projectId } = await newProject(page, 'Media');
      const imported = await call(page, 'media.import', { projectId, paths: [file] });
      const assetId = imported.ok ? imported.value.assets[0]?.id : undefined;
      const address = `/media/${projectId}/${assetId ?? ''}`;
      const part = await page.evaluate(async (path) => {
        const response = await fetch(path, { headers: { range: 'bytes=100-199' } });
        return {
          status: response.status,
          range: response.headers.get('content-range'),
          bytes: [...new Uint8Array(await response.arrayBuffer())],
        };
      }, address);
      expect(part.status).toBe(206);
      expect(part.range).toBe(`bytes 100-199/${bytes.length}`);
      expect(part.bytes).toEqual([...bytes.subarray(100, 200)]);
      const durationS = await page.evaluate(
        (path) =>
          new Promise<number>((resolve, reject) => {
            const sound = new Audio(path);
            sound.onloadedmetadata = () => {
              resolve(sound.duration);
            };
            sound.onerror = () => {
              reject(new Error(sound.error?.message ?? 'not played'));
            };
          }),
        address,
      );
      expect(durationS).toBeCloseTo(1, 2);
    });

    it('brings along what the engine starts: threads, ffmpeg, the drawing of titles', async () => {
      const sample = await call(page, 'project.openSample', {});
      const projectId = sample.ok ? sample.value.projectId : '';
      const pages = await call(page, 'book.pages', { projectId, first: 1, count: 1 });
      expect(pages).toMatchObject({ ok: true, value: { pages: [{ number: 1 }] } });
      const output = join(folder, 'title.png');
      const frame = await call(page, 'film.frame', { projectId, frame: 60, output });
      expect(frame).toEqual({ ok: true, value: { output } });
      expect((await readFile(output)).subarray(1, 4).toString()).toBe('PNG');
    });

    it('serves nothing outside the interface and the media', async () => {
      const statuses = await page.evaluate(async () => {
        const paths = [
          '/../package.json',
          '/%2e%2e/package.json',
          '/..%2f..%2fpackage.json',
          '/assets/..%5c..%5c..%5cpackage.json',
          '/media/../../package.json',
          '/media/x/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
          '/derived/..%2f..%2fwindow.json/x',
        ];
        const texts = await Promise.all(
          paths.map(async (path) => {
            const response = await fetch(path);
            return { path, ok: response.ok, type: response.headers.get('content-type') };
          }),
        );
        return texts.filter(({ ok, type }) => ok && type?.startsWith('text/html') !== true);
      });
      expect(statuses).toEqual([]);
      const written = await page.evaluate(
        async () => (await fetch('/', { method: 'POST', body: 'x' })).status,
      );
      expect(written).toBe(405);
    });

    it('runs no script that is not a file of its own', async () => {
      const ran = await page.evaluate(async () => {
        const world = globalThis as unknown as Record<string, unknown>;
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.body.append(script);
        const image = document.createElement('div');
        image.innerHTML = '<img src="/none" onerror="globalThis.handlerRan = true">';
        document.body.append(image);
        await new Promise((resolve) => {
          image.querySelector('img')?.addEventListener('error', resolve);
        });
        let evaluated = true;
        try {
          // biome-ignore lint/security/noGlobalEval: what is tried is what must fail.
          (0, eval)('1');
        } catch {
          evaluated = false;
        }
        const remote = document.createElement('script');
        remote.src = 'https://elsewhere.invalid/x.js';
        const loaded = await new Promise((resolve) => {
          remote.onload = () => {
            resolve(true);
          };
          remote.onerror = () => {
            resolve(false);
          };
          document.body.append(remote);
        });
        for (const element of [script, image, remote]) element.remove();
        return { inline: world['inlineRan'], handler: world['handlerRan'], evaluated, loaded };
      });
      expect(ran).toEqual({
        inline: undefined,
        handler: undefined,
        evaluated: false,
        loaded: false,
      });
    });

    it('reaches no address outside itself', async () => {
      const reached = await page.evaluate(async () => {
        const tries = {
          fetch: () => fetch('https://elsewhere.invalid/'),
          local: () => fetch('http://127.0.0.1:9/'),
          file: () => fetch('file:///etc/passwd'),
          beacon: () => Promise.resolve(navigator.sendBeacon('https://elsewhere.invalid/', 'x')),
          socket: () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket('wss://elsewhere.invalid/');
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
          picture: () =>
            new Promise((resolve, reject) => {
              const image = new Image();
              image.onload = resolve;
              image.onerror = reject;
              image.src = 'https://elsewhere.invalid/x.png';
            }),
        };
        const worked: string[] = [];
        const stoppedBy = new Set<string>();
        document.addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective, blockedURI }) => {
            stoppedBy.add(`${effectiveDirective} ${blockedURI}`);
          },
        );
        for (const [name, attempt] of Object.entries(tries)) {
          await attempt().then(
            (result) => {
              if (result !== false && name !== 'beacon') worked.push(name);
            },
            () => undefined,
          );
        }
        return { worked, stoppedBy: [...stoppedBy].sort() };
      });
      // The policy stops them before the network wall behind it has to.
      expect(reached.worked).toEqual([]);
      expect(reached.stoppedBy).toEqual(
        expect.arrayContaining([
          'connect-src http://127.0.0.1:9/',
          'connect-src https://elsewhere.invalid/',
          'connect-src wss://elsewhere.invalid/',
          'img-src https://elsewhere.invalid/x.png',
        ]),
      );
      expect(await studio.escapedRequests()).toEqual([]);
    });

    it('stays on its page and opens no window', async () => {
      const before = page.url();
      const opened = await page.evaluate(() => window.open('https://elsewhere.invalid/') === null);
      await page.evaluate(() => {
        location.href = 'https://elsewhere.invalid/away';
      });
      await page.evaluate(() => {
        location.href = '/media/none';
      });
      await page.evaluate(() => {
        const form = document.createElement('form');
        form.action = 'https://elsewhere.invalid/form';
        document.body.append(form);
        form.submit();
        form.remove();
      });
      expect(await page.evaluate(() => document.querySelector('#root, main') !== null)).toBe(true);
      expect(opened).toBe(true);
      expect(page.url()).toBe(before);
      expect(await studio.windows()).toHaveLength(1);
      expect(await studio.escapedRequests()).toEqual([]);
    });

    it('hands only listed https addresses to the system', async () => {
      await page.evaluate(() => {
        for (const address of [
          'https://ffmpeg.org/download.html',
          'http://ffmpeg.org/',
          'https://ffmpeg.org.elsewhere.invalid/',
          'https://person@ffmpeg.org/',
          'https://ffmpeg.org:8443/',
          'file:///etc/passwd',
          'javascript:alert(1)',
          'smb://elsewhere.invalid/share',
          'inkreel://open?path=/x.inkreel',
        ]) {
          window.open(address);
        }
      });
      await expect
        .poll(() => studio.openedAddresses())
        .toEqual(['https://ffmpeg.org/download.html']);
    });

    it('denies every permission', async () => {
      const answers = await page.evaluate(async () => {
        const names = [
          'geolocation',
          'notifications',
          'camera',
          'microphone',
          'clipboard-read',
          'midi',
        ];
        const states = await Promise.all(
          names.map(async (name) => {
            const status = await navigator.permissions.query({ name: name as PermissionName });
            return status.state;
          }),
        );
        const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'given',
          (error: Error) => error.name,
        );
        return { states, media };
      });
      expect(answers.states.filter((state) => state !== 'denied')).toEqual([]);
      expect(answers.media).not.toBe('given');
    });

    it('embeds nothing, and gives a frame no bridge', async () => {
      const inside = await page.evaluate(async () => {
        const framed = async (set: (frame: HTMLIFrameElement) => void) => {
          const frame = document.createElement('iframe');
          const loaded = new Promise((resolve) => {
            frame.onload = resolve;
          });
          set(frame);
          document.body.append(frame);
          await loaded;
          const { contentWindow } = frame;
          let bridge = 'out of reach';
          try {
            bridge = contentWindow && 'inkreel' in contentWindow ? 'there' : 'none';
          } catch {
            // A frame of another origin cannot be looked into.
          }
          frame.remove();
          return bridge;
        };
        return framed((frame) => {
          frame.srcdoc = '<p>inside</p>';
        });
      });
      expect(inside).toBe('none');
      await page.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.src = 'https://elsewhere.invalid/frame';
        document.body.append(frame);
        const own = document.createElement('iframe');
        own.src = '/';
        document.body.append(own);
      });
      expect(await studio.escapedRequests()).toEqual([]);
      await page.evaluate(() => {
        for (const frame of document.querySelectorAll('iframe')) frame.remove();
      });
    });

    describe('when the page is in a stranger’s hands', () => {
      it('answers nothing but the channels of the bridge', async () => {
        for (const channel of [
          '',
          'inkreel:',
          'inkreel:eval',
          'ELECTRON_BROWSER_REQUIRE',
          '__proto__',
          'toString',
        ]) {
          await expect(studio.invokeRaw('main', channel, [{}])).rejects.toThrow(/No handler/);
        }
      });

      it('answers calls of any shape with a fault or a refusal, and goes on', async () => {
        const cyclic: Record<string, unknown> = {};
        cyclic['self'] = cyclic;
        const names: unknown[] = [
          undefined,
          null,
          1,
          {},
          [],
          ['app.info'],
          '',
          'toString',
          '__proto__',
          'app.info\0',
          'x'.repeat(100_000),
          cyclic,
        ];
        for (const name of names) {
          const answer = await studio.invokeRaw('main', SHELL_CHANNELS.call, [name, {}]);
          expect(answer).toMatchObject({ ok: false, error: { code: 'contract/unknown-call' } });
        }
        const inputs: unknown[] = [
          undefined,
          null,
          1,
          [],
          cyclic,
          { path: cyclic },
          { path: 'x', __proto__: { polluted: true } },
        ];
        for (const input of inputs) {
          const answer = await studio.invokeRaw('main', SHELL_CHANNELS.call, [
            'project.open',
            input,
          ]);
          expect(answer).toMatchObject({ ok: false });
        }
        expect(await studio.invokeRaw('main', SHELL_CHANNELS.call, [])).toMatchObject({
          ok: false,
        });
        expect(await call(page, 'app.info', {})).toMatchObject({ ok: true });
      });

      it('refuses requests for dialogs that do not fit, and shows none', async () => {
        const before = await studio.dialogs();
        const requests: unknown[] = [
          undefined,
          null,
          'x',
          {},
          { title: 1, choose: 'file' },
          { title: 'Open', choose: 'everything' },
          { title: 'x'.repeat(10_000), choose: 'file' },
          { title: 'Open', choose: 'file', filters: Array.from({ length: 1_000 }, () => ({})) },
          { title: 'Open', choose: 'file', defaultPath: '\\\\elsewhere.invalid\\share' },
          { title: 'Open', choose: 'file', defaultPath: '//elsewhere.invalid/share' },
          { title: 'Open', choose: 'file', defaultPath: '/\\elsewhere.invalid/share' },
        ];
        for (const request of requests) {
          await expect(
            studio.invokeRaw('main', SHELL_CHANNELS.chooseToOpen, [request]),
          ).rejects.toThrow(/does not fit/);
        }
        await expect(
          studio.invokeRaw('main', SHELL_CHANNELS.chooseToSave, [
            { title: 'Save', defaultPath: 'a/b' },
          ]),
        ).rejects.toThrow(/does not fit/);
        expect(await studio.dialogs()).toEqual(before);
      });

      it('passes on no option of a dialog that the bridge does not have', async () => {
        await studio.answerDialog(null);
        await studio.invokeRaw('main', SHELL_CHANNELS.chooseToOpen, [
          {
            title: 'Open',
            choose: 'file',
            properties: ['openDirectory'],
            securityScopedBookmarks: true,
          },
        ]);
        expect((await studio.dialogs()).at(-1)).toEqual({
          kind: 'open',
          options: { title: 'Open', filters: [], properties: ['openFile'] },
        });
      });

      it('shows no file that is not there or lies on a network', async () => {
        const paths: unknown[] = [
          '\\\\elsewhere.invalid\\share\\x',
          '//elsewhere.invalid/x',
          'x',
          7,
          null,
          join(folder, 'none'),
        ];
        for (const path of paths) {
          await expect(
            studio.invokeRaw('main', SHELL_CHANNELS.showInFolder, [path]),
          ).rejects.toThrow();
        }
        expect(await studio.shownFiles()).toEqual([]);
      });

      it('does not answer a frame, whatever it asks', async () => {
        await page.evaluate(async () => {
          const frame = document.createElement('iframe');
          frame.srcdoc = '<p>inside</p>';
          const loaded = new Promise((resolve) => {
            frame.onload = resolve;
          });
          document.body.append(frame);
          await loaded;
        });
        for (const channel of [
          SHELL_CHANNELS.call,
          SHELL_CHANNELS.chooseToOpen,
          SHELL_CHANNELS.showInFolder,
          SHELL_CHANNELS.restartToUpdate,
        ]) {
          // The preload script reaches a new frame a moment after its page.
          const answer = () =>
            studio.invokeRaw('child', channel, ['app.info', {}]).catch((error: unknown) => error);
          await expect.poll(async () => String(await answer())).toMatch(/may not ask/);
        }
        await page.evaluate(() => document.querySelector('iframe')?.remove());
      });
    });

    describe('dialogs', () => {
      it('answers with the paths that were chosen', async () => {
        await studio.answerDialog(['/films/one.mp4', '/films/two.mp4']);
        const chosen = await page.evaluate(() =>
          window.inkreel?.chooseToOpen({
            title: 'Import',
            choose: 'files',
            filters: [{ name: 'Films', extensions: ['mp4'] }],
          }),
        );
        expect(chosen).toEqual(['/films/one.mp4', '/films/two.mp4']);
        expect((await studio.dialogs()).at(-1)).toEqual({
          kind: 'open',
          options: {
            title: 'Import',
            filters: [{ name: 'Films', extensions: ['mp4'] }],
            properties: ['openFile', 'multiSelections'],
          },
        });
      });

      it('answers a cancelled dialog with nothing', async () => {
        await studio.answerDialog(null);
        await studio.answerDialog(null);
        const answers = await page.evaluate(() =>
          Promise.all([
            window.inkreel?.chooseToOpen({ title: 'Open', choose: 'file' }),
            window.inkreel?.chooseToSave({ title: 'Save', defaultPath: 'harbour.mp4' }),
          ]),
        );
        expect(answers).toEqual([[], null]);
      });

      it('shows a finished file in its folder', async () => {
        const file = join(folder, 'finished.txt');
        await writeFile(file, 'done');
        await page.evaluate((path) => window.inkreel?.showInFolder(path), file);
        expect(await studio.shownFiles()).toEqual([file]);
      });
    });

    it('passes a chosen menu command to the interface', async () => {
      const commands = await page.evaluateHandle(() => {
        const chosen: string[] = [];
        window.inkreel?.listenToShell((event) => {
          if (event.type === 'shell.commandChosen') chosen.push(event.command);
        });
        return chosen;
      });
      await studio.clickMenu(['Help', 'Keyboard shortcuts']);
      await expect.poll(() => commands.jsonValue()).toEqual(['app.shortcuts']);
      const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await expect.poll(() => dialog.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.isVisible()).toBe(false);
    });

    it('opens a project that the system hands it, and only a project', async () => {
      const project = await newProject(page, 'Opened');
      const other = await newProject(page, 'Not asked for');
      await writeFile(join(folder, 'letter.txt'), 'not a project');
      await mkdir(join(folder, 'folder.inkreel'));
      const heard = await listenForOpenings(page);
      await studio.openFile(join(folder, 'letter.txt'));
      await studio.openFile(join(folder, 'folder.inkreel'));
      await studio.openFile(join(folder, 'none.inkreel'));
      await studio.openUrl(`inkreel://export?path=${encodeURIComponent(other.path)}`);
      await studio.openUrl(`inkreel://open?path=${encodeURIComponent(other.path)}&run=x`);
      await studio.openUrl(`https://open?path=${encodeURIComponent(other.path)}`);
      await studio.openFile(project.path);
      await expect.poll(heard).toEqual([project.path]);
      await studio.openUrl(`inkreel://open?path=${encodeURIComponent(project.path)}`);
      await expect.poll(heard).toEqual([project.path, project.path]);
    });

    it('comes to the front for a second start, which opens its file here and ends', async () => {
      const project = await newProject(page, 'Second');
      const heard = await listenForOpenings(page);
      await studio.minimise();
      expect(await studio.startAgain([project.path])).toBe(0);
      await expect.poll(heard).toEqual([project.path]);
      const [window, ...others] = await studio.windows();
      expect(window).toMatchObject({ isMinimised: false, isFocused: true });
      expect(others).toEqual([]);
    });

    it('does not answer a foreign page, even one the program itself has loaded', async () => {
      await studio.loadAddress('data:text/html,<title>Foreign</title><p>A foreign page');
      await expect.poll(() => page.title()).toBe('Foreign');
      const refused = await page.evaluate(async () => {
        const bridge = window.inkreel;
        if (bridge === undefined) return ['no bridge'];
        const attempts: Promise<unknown>[] = [
          bridge.call('app.info', {}),
          bridge.chooseToOpen({ title: 'Open', choose: 'file' }),
          bridge.showInFolder('/'),
        ];
        const settled = await Promise.allSettled(attempts);
        return settled.map(({ status }) => status);
      });
      expect(refused).toEqual(['rejected', 'rejected', 'rejected']);
      await expect(studio.loadAddress('https://elsewhere.invalid/')).rejects.toThrow();
      expect(await studio.escapedRequests()).toEqual([]);
      await studio.loadAddress('inkreel-app://studio/');
      await expect.poll(async () => (await call(page, 'app.info', {})).ok).toBe(true);
    });

    it('had no error that nobody handled', async () => {
      const log = join(folder, 'data', 'desktop', 'logs', 'errors.log');
      const text = existsSync(log) ? await readFile(log, 'utf8') : '';
      expect(text).toBe('');
    });
  });

  describe('over a restart', () => {
    let folder: string;

    beforeAll(async () => {
      folder = await newFolder();
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it('keeps the place of its window and the user’s settings', async () => {
      const first = await start({ folder });
      const page = await first.page();
      await page.evaluate(() => {
        localStorage.setItem('restart', 'kept');
      });
      await first.setBounds({ x: 120, y: 90, width: 1200, height: 800 });
      expect(await first.quit()).toBe(0);
      const second = await start({ folder });
      const kept = await (await second.page()).evaluate(() => localStorage.getItem('restart'));
      const [window] = await second.windows();
      expect(window).toMatchObject({
        bounds: { x: 120, y: 90, width: 1200, height: 800 },
        isMaximised: false,
      });
      expect(kept).toBe('kept');
      await second.setMaximised(true);
      await second.quit();
      const third = await start({ folder });
      await third.page();
      expect((await third.windows())[0]).toMatchObject({ isMaximised: true });
      await third.quit();
    });

    it('opens the project named on the command line', async () => {
      const first = await start({ folder });
      const project = await newProject(await first.page(), 'Named');
      expect(await first.quit()).toBe(0);
      // The engine closed the file: nothing lies beside it.
      expect(existsSync(`${project.path}-wal`)).toBe(false);
      const second = await start({ folder, argumentList: [project.path] });
      const page = await second.page();
      await expect
        .poll(() =>
          page
            .getByText('Named', { exact: true })
            .first()
            .isVisible()
            .catch(() => false),
        )
        .toBe(true);
      await second.quit();
    });
  });
}

async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'inkreel-desktop-'));
}

async function call<N extends CallName>(
  page: Page,
  name: N,
  input: CallInput<N>,
): Promise<Result<CallOutput<N>>> {
  const answer = await page.evaluate((asked) => window.inkreel?.call(asked.name, asked.input), {
    name,
    input,
  } as { name: string; input: unknown });
  return answer as Result<CallOutput<N>>;
}

async function newProject(page: Page, name: string): Promise<CallOutput<'project.new'>> {
  const answer = await call(page, 'project.new', { name });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** Answers a function that gives the paths the interface has been asked to open since. */
async function listenForOpenings(page: Page): Promise<() => Promise<string[]>> {
  const openings = await page.evaluateHandle(() => {
    const paths: string[] = [];
    window.inkreel?.listenToShell((event) => {
      if (event.type === 'shell.projectOpened') paths.push(event.path);
    });
    return paths;
  });
  return () => openings.jsonValue();
}
