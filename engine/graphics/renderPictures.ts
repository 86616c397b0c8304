import { rm } from 'node:fs/promises';
import { makeCancelSignal, RenderInternals } from '@remotion/renderer';
import { OVERLAY_COMPOSITION, type OverlayProps } from '#core/graphics/overlayProps.ts';
import { Cancelled } from '../process/run.ts';
import type { OverlayBrowser } from './overlayBrowser.ts';
import { startWatchdog } from './watchdog.ts';

/** Raised when the browser drew nothing for too long. */
export class Stalled extends Error {}

/** Raised when the browser ended while it was drawing. */
export class BrowserLost extends Error {}

export type RenderPicturesOptions = {
  browser: OverlayBrowser;
  /** Address that serves the built graphics. */
  serveUrl: string;
  props: OverlayProps;
  /** Which of `props.pictures` to draw. */
  indices: readonly number[];
  concurrency: number;
  stallMs: number;
  signal: AbortSignal | undefined;
  onPicture: (index: number, png: Buffer) => void | Promise<void>;
};

const SAMPLE_RATE_HZ = 48_000;

/** Draws pictures with Remotion, in any order. Rejects with `Stalled`, `BrowserLost`, `Cancelled` or what `onPicture` threw. */
export async function renderPictures(options: RenderPicturesOptions): Promise<void> {
  const { browser, signal, onPicture } = options;
  const { cancelSignal, cancel } = makeCancelSignal();
  const downloadMap = RenderInternals.makeDownloadMap(SAMPLE_RATE_HZ);
  let isOver = false;
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const watchdog = startWatchdog(options.stallMs, () => fail(new Stalled()));
  const abort = () => fail(new Cancelled());
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  browser.onLost(() => fail(new BrowserLost()));
  const deliver = async (png: Buffer, index: number) => {
    if (isOver) return;
    watchdog.pause();
    try {
      await onPicture(index, png);
    } catch (error) {
      fail(error);
    } finally {
      watchdog.resume();
    }
  };
  try {
    const rendered = remotionRender({ ...options, downloadMap, cancelSignal, deliver });
    await Promise.race([rendered, failed]);
  } catch (error) {
    throw isBrowserGone(error) ? new BrowserLost(undefined, { cause: error }) : error;
  } finally {
    isOver = true;
    watchdog.stop();
    signal?.removeEventListener('abort', abort);
    cancel();
    await rm(downloadMap.assetDir, { recursive: true, force: true });
  }
}

type RemotionRenderOptions = RenderPicturesOptions & {
  downloadMap: ReturnType<typeof RenderInternals.makeDownloadMap>;
  cancelSignal: ReturnType<typeof makeCancelSignal>['cancelSignal'];
  deliver: (png: Buffer, index: number) => Promise<void>;
};

/**
 * Remotion's frame renderer with a server of ours. The public call would start its own, open to the network. Neither
 * form reports usage or checks a licence key: in 4.0.529 only renderMedia and renderStill do.
 */
async function remotionRender(options: RemotionRenderOptions): Promise<void> {
  const { browser, props, serveUrl, downloadMap, cancelSignal, deliver } = options;
  const serializedProps = JSON.stringify(props);
  await RenderInternals.internalRenderFrames({
    composition: {
      id: OVERLAY_COMPOSITION,
      width: props.width,
      height: props.height,
      fps: props.frameRate.num / props.frameRate.den,
      durationInFrames: props.pictures.length,
      defaultCodec: null,
      defaultOutName: null,
      defaultVideoImageFormat: null,
      defaultPixelFormat: null,
      defaultProResProfile: null,
      defaultSampleRate: null,
    },
    frames: [...options.indices],
    imageFormat: 'png',
    onFrameBuffer: deliver,
    concurrency: options.concurrency,
    cancelSignal,
    puppeteerInstance: browser.instance,
    server: {
      serveUrl,
      closeServer: async () => undefined,
      offthreadPort: 0,
      compositor: NO_COMPOSITOR,
      sourceMap: () => null,
      downloadMap,
    },
    webpackBundleOrServeUrl: serveUrl,
    serializedInputPropsWithCustomSchema: '{}',
    serializedResolvedPropsWithCustomSchema: serializedProps,
    timeoutInMilliseconds: Math.max(7_000, options.stallMs),
    logLevel: 'error',
    muted: true,
    outputDir: null,
    browserExecutable: null,
    onBrowserDownload: () => {
      throw new Error('Nothing may be downloaded here');
    },
    chromeMode: 'headless-shell',
    chromiumOptions: {},
    envVariables: {},
    jpegQuality: 80,
    frameRange: null,
    outputFramesInSequence: false,
    everyNthFrame: 1,
    scale: 1,
    port: null,
    indent: false,
    parallelEncodingEnabled: false,
    compositionStart: 0,
    onStart: null,
    onFrameUpdate: null,
    onBrowserLog: null,
    onDownload: null,
    onArtifact: null,
    onLog: () => undefined,
    mediaCacheSizeInBytes: null,
    forSeamlessAacConcatenation: false,
    offthreadVideoCacheSizeInBytes: null,
    offthreadVideoThreads: null,
    binariesDirectory: null,
    imageSequencePattern: null,
    sampleRate: SAMPLE_RATE_HZ,
  });
}

/** Graphics contain no video, so Remotion's helper program for video is never started. */
const NO_COMPOSITOR = {
  pid: null,
  shutDownOrKill: async () => undefined,
  finishCommands: async () => undefined,
  waitForDone: async () => undefined,
  executeCommand: async () => {
    throw new Error('Graphics contain no video');
  },
};

function isBrowserGone(error: unknown): boolean {
  return error instanceof Error && /Target closed|Session closed|Page crashed/.test(error.message);
}
