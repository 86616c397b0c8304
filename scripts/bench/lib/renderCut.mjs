/* Renders a Remotion composition and ends: a whole process, as the others in the comparison are. */
import { basename } from 'node:path';
import { renderMedia, selectComposition } from '@remotion/renderer';

const { serveUrl, id, inputProps, browserExecutable, crf, preset, output } = JSON.parse(
  process.argv[2] ?? '{}',
);
const chromeMode = /headless[-_]shell/.test(basename(browserExecutable))
  ? 'headless-shell'
  : 'chrome-for-testing';
const browser = { browserExecutable, chromeMode, logLevel: 'error' };
const composition = await selectComposition({ serveUrl, id, inputProps, ...browser });
await renderMedia({
  ...browser,
  composition,
  serveUrl,
  inputProps,
  codec: 'h264',
  x264Preset: preset,
  crf,
  audioBitrate: '192k',
  pixelFormat: 'yuv420p',
  colorSpace: 'bt709',
  concurrency: 2,
  outputLocation: output,
});
