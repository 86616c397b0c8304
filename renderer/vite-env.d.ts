import type { ShellBridge } from '#core/contract/shell.ts';

declare global {
  interface Window {
    /** The desktop shell; absent in a browser window. */
    readonly inkreel?: ShellBridge;
  }
}
