import { join } from 'node:path';
import type { Page } from 'playwright';
import type { WindowFacts } from '../electron-standin/control.ts';

/** How a test starts the built desktop program. */
export type StudioStart = {
  /** Empty or left by an earlier start: everything the program keeps, and the projects of its user. */
  folder: string;
  argumentList?: readonly string[];
};

/** The running desktop program, whatever runs it: played by the desktop and the person at it. */
export interface Studio {
  /** The page of the first window. */
  page(): Promise<Page>;
  windows(): Promise<WindowFacts[]>;
  setBounds(bounds: WindowFacts['bounds']): Promise<void>;
  setMaximised(isMaximised: boolean): Promise<void>;
  minimise(): Promise<void>;
  /** Makes the program itself load an address, as a page never could. */
  loadAddress(address: string): Promise<void>;
  /** Sends a message to the main process as a page would whose sandbox has fallen, past the preload. */
  invokeRaw(frame: 'main' | 'child', channel: string, list: unknown[]): Promise<unknown>;
  /** Gives a file of the disk to a file input, so that the page holds what a drop would give it. */
  giveFile(selector: string, path: string): Promise<void>;
  /** What the next dialog is answered with; null cancels it. */
  answerDialog(paths: string[] | null): Promise<void>;
  dialogs(): Promise<{ kind: 'open' | 'save' | 'message'; options: object }[]>;
  openedAddresses(): Promise<string[]>;
  shownFiles(): Promise<string[]>;
  /** Requests that left for a network, or would have. */
  escapedRequests(): Promise<string[]>;
  clickMenu(labels: readonly string[]): Promise<void>;
  openFile(path: string): Promise<void>;
  openUrl(url: string): Promise<void>;
  /** Starts the program a second time in the same folder; answers its exit code. */
  startAgain(argumentList: readonly string[]): Promise<number | null>;
  /** Ends it as a person does; answers the exit code. */
  quit(): Promise<number | null>;
  /** What the program printed that it should not have had to. */
  errors(): string;
}

export type StudioDriver = {
  name: string;
  /** Why this driver cannot run here; null when it can. */
  obstacle(): Promise<string | null>;
  start(options: StudioStart): Promise<Studio>;
};

/** The environment in which the program keeps everything below one folder. */
export function studioEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    INKREEL_DATA: join(folder, 'data'),
    INKREEL_CACHE: join(folder, 'cache'),
    INKREEL_PROJECTS: join(folder, 'projects'),
    INKREEL_EXPORTS: join(folder, 'exports'),
  };
}
