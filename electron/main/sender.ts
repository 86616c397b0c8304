import type { WebFrameMain } from 'electron';
import { APP_ORIGIN } from '#core/contract/shellChannels.ts';
import { isStudioPage } from './studioAddress.ts';

/** What decides whether a frame may call; all of it comes from the browser process, nothing from the page. */
export type SenderFrame = Pick<WebFrameMain, 'url' | 'origin' | 'detached'> & {
  readonly parent: object | null;
};

/** Whether a message comes from the interface's own page: a main frame, still there, with our page and our origin. */
export function isStudioFrame(frame: SenderFrame | null): boolean {
  return (
    frame !== null &&
    frame.parent === null &&
    !frame.detached &&
    frame.origin === APP_ORIGIN &&
    isStudioPage(frame.url)
  );
}
