import { run } from '../process/run.ts';
import { findBrowser } from '../tools/browser.ts';

/** Opens an address in a window of its own where there is a screen; false when there is none or nothing to open it. */
export async function openInBrowser(url: string): Promise<boolean> {
  const isLinux = process.platform === 'linux';
  if (isLinux && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  const browser = await findBrowser();
  const isWindowed = browser !== null && !/headless/.test(browser);
  if (isWindowed) {
    // Runs for as long as the window is open; nobody waits for it.
    run(browser, [`--app=${url}`]).catch(() => undefined);
    return true;
  }
  const [opener, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['explorer', [url]]
        : ['xdg-open', [url]];
  const opened = await run(opener, args).catch(() => null);
  return opened !== null && (opened.exitCode === 0 || process.platform === 'win32');
}
