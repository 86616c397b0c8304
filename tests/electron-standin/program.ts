import { EventEmitter } from 'node:events';
import type { Page, Route } from 'playwright';
import { type Chromium, startChromium } from './chromium.ts';
import type { StoppableEvent } from './events.ts';
import type { StandinWebContents } from './webContents.ts';

type ProgramEvents = {
  'web-contents-created': [event: StoppableEvent, contents: StandinWebContents];
  'all-closed': [];
};

/** What windows tell the program they belong to. */
export const program = new EventEmitter<ProgramEvents>();

let chromium: Promise<Chromium> | null = null;

/** Chromium starts with the first need of it: a second start of the program ends before. */
export function useChromium(
  userData: string,
  onRequest: (route: Route) => Promise<void>,
): Promise<Chromium> {
  chromium ??= startChromium(userData, onRequest);
  return chromium;
}

export async function blankPage(): Promise<Page> {
  if (chromium === null) throw new Error('Cannot create BrowserWindow before app is ready');
  return (await chromium).blankPage();
}

export async function closeChromium(): Promise<void> {
  await (await chromium)?.close();
}
