import { shell } from 'electron';

/** Hosts whose pages the interface links to: where a missing tool is had, and the terms of the tools in use. */
const ALLOWED_HOSTS: readonly string[] = ['ffmpeg.org', 'www.ffmpeg.org', 'www.remotion.dev'];

/** Opens an allowed address in the system's browser; any other is ignored. */
export async function openExternally(address: string): Promise<void> {
  const url = URL.parse(address);
  if (url === null || !isAllowed(url)) return;
  await shell.openExternal(url.href);
}

/** Https, a host from the list, nothing hidden in it. */
function isAllowed(url: URL): boolean {
  return (
    url.protocol === 'https:' &&
    ALLOWED_HOSTS.includes(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
