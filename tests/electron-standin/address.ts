import { APP_ORIGIN } from '#core/contract/shellChannels.ts';

/**
 * Chromium loads only schemes that it was built with, so the app's own scheme appears in it under an https address
 * that no server can have: `.invalid` is reserved for that. The stand-in translates in both directions wherever an
 * address passes between Chromium and the Electron API; `location` in a page is the one place where the https address
 * shows. Like the app's scheme in Electron, it is an origin of its own and a secure context.
 */
const CHROMIUM_ORIGIN = 'https://inkreel-app.studio.invalid';

/** The address as the Electron API names it. */
export function fromChromium(address: string): string {
  return swap(address, CHROMIUM_ORIGIN, APP_ORIGIN);
}

/** The address as Chromium can load it. */
export function toChromium(address: string): string {
  return swap(address, APP_ORIGIN, CHROMIUM_ORIGIN);
}

function swap(address: string, from: string, to: string): string {
  const rest = address.slice(from.length);
  return address.startsWith(from) && /^([/?#]|$)/.test(rest) ? `${to}${rest}` : address;
}
