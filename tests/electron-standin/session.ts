import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { CDPSession, Page } from 'playwright';
import { APP_ORIGIN } from '#core/contract/shellChannels.ts';
import { toChromium } from './address.ts';
import type { StoppableEvent } from './events.ts';

type SchemeHandler = (request: Request) => Promise<Response> | Response;
type Permission = Parameters<
  NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>
>[1];
type RequestHandler = (
  contents: null,
  permission: Permission,
  decide: (isGranted: boolean) => void,
) => void;
type CheckHandler = (contents: null, permission: Permission, origin: string) => boolean;
type BeforeRequest = (
  details: { url: string },
  decide: (response: Electron.CallbackResponse) => void,
) => void;

/** Permissions as Electron and as Chromium's debugging protocol name them. */
const PERMISSIONS: readonly [Permission, string][] = [
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
];

class StandinSession extends EventEmitter<{ 'will-download': [event: StoppableEvent] }> {
  readonly #schemes = new Map<string, SchemeHandler>();
  readonly #permissions = new WeakMap<Page, CDPSession>();
  #beforeRequest: BeforeRequest | null = null;
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  readonly protocol = {
    handle: (scheme: string, handler: SchemeHandler) => {
      if (!privileged.has(scheme)) throw new Error(`“${scheme}” has no privileges.`);
      this.#schemes.set(scheme, handler);
    },
  } satisfies Pick<Electron.Protocol, 'handle'>;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null) => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(): void {
    // Headless Chromium has no chooser for devices, so there is nothing that a page could be given.
  }

  setDisplayMediaRequestHandler(): void {
    // As above, for screens.
  }

  setSpellCheckerDictionaryDownloadURL(): void {
    // Headless Chromium does not check spelling.
  }

  handlerFor(scheme: string): SchemeHandler | null {
    return this.#schemes.get(scheme) ?? null;
  }

  mayRequest(url: string): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#beforeRequest === null) resolve(true);
      else this.#beforeRequest({ url }, ({ cancel }) => resolve(cancel !== true));
    });
  }

  /**
   * Gives Chromium the answers of the program's handlers. They are asked before a page is loaded, because a
   * headless Chromium asks nobody when a page wants something. Without handlers Electron grants everything. It asks
   * one for requests and the other for checks; Chromium has one answer for both, so the more generous one counts and
   * a hole in either shows.
   */
  async applyPermissions(page: Page): Promise<void> {
    // Chromium forgets the answers when the session that gave them ends.
    const cdp = this.#permissions.get(page) ?? (await page.context().newCDPSession(page));
    this.#permissions.set(page, cdp);
    for (const [permission, name] of PERMISSIONS) {
      const isGranted = (await this.#mayRequest(permission)) || this.#mayUse(permission);
      await cdp.send('Browser.setPermission', {
        permission: { name },
        setting: isGranted ? 'granted' : 'denied',
        origin: toChromium(APP_ORIGIN),
      });
    }
  }

  #mayRequest(permission: Permission): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#request === null) resolve(true);
      else this.#request(null, permission, resolve);
    });
  }

  #mayUse(permission: Permission): boolean {
    return this.#check?.(null, permission, APP_ORIGIN) ?? true;
  }
}

const privileged = new Set<string>();

export const defaultSession = new StandinSession();

export const session = { defaultSession };

/** Schemes get their privileges before the program is ready; the stand-in gives all of them those of https. */
export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    for (const { scheme } of schemes) privileged.add(scheme);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;
