import { APP_ORIGIN } from '#core/contract/shellChannels.ts';

const STUDIO = new URL(APP_ORIGIN);

/** Scheme of the interface and its media, without the colon. */
export const STUDIO_SCHEME = STUDIO.protocol.slice(0, -1);

/** Address of the interface's only page. */
export const STUDIO_PAGE = `${APP_ORIGIN}/`;

const PAGE_PATHS: readonly string[] = ['/', '/index.html'];

/** What a page makes in memory, and the developer tools in development. */
const LOCAL_SCHEMES: readonly string[] = ['blob:', 'data:', 'devtools:'];

/** Whether an address is served by this copy of Inkreel itself. */
export function isStudioAddress(address: string): boolean {
  const url = URL.parse(address);
  // URL.origin is "null" for schemes of one's own, so its parts are compared.
  return (
    url !== null &&
    url.protocol === STUDIO.protocol &&
    url.host === STUDIO.host &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether an address is the interface's page; media has the same origin but must not become a page. */
export function isStudioPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && isStudioAddress(address) && PAGE_PATHS.includes(url.pathname);
}

/** Whether an address is a page of a book that is being read: it may stand in a frame, where no script of it runs. */
export function isBookPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && isStudioAddress(address) && url.pathname.startsWith('/reading/');
}

/** Whether a page may load from an address at all; the content policy is narrower. */
export function mayLoad(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (isStudioAddress(address) || LOCAL_SCHEMES.includes(url.protocol));
}
