/*
 * Draws the application's icons from build/icon.svg and build/icon-small.svg with a Chromium: PNGs, Windows' .ico and
 * macOS' .icns. Run it after changing the drawing: `node scripts/make-icons.mjs`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from './setup/tools.mjs';
import { root } from './steps/tool.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LARGEST_SMALL = 48;
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's type codes of PNG icons by size; the last three are the high-density forms of 16, 32 and 128 points. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
];

const build = join(root, 'build');
const pictures = await drawAll();
await mkdir(join(build, 'icons'), { recursive: true });
for (const [size, png] of pictures) {
  if (size <= 512) await writeFile(join(build, 'icons', `${size}x${size}.png`), png);
}
await writeFile(join(build, 'icon.png'), pictures.get(1024));
await writeFile(join(build, 'icon.ico'), ico());
await writeFile(join(build, 'icon.icns'), icns());

async function drawAll() {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error('Drawing the icons needs Chromium or Chrome.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const drawn = new Map();
    for (const size of SIZES) drawn.set(size, await draw(page, size));
    return drawn;
  } finally {
    await browser.close();
  }
}

async function draw(page, size) {
  const svg = await readFile(
    join(build, size <= LARGEST_SMALL ? 'icon-small.svg' : 'icon.svg'),
    'utf8',
  );
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

/** ICO: a six-byte header, a 16-byte entry for each picture, then the PNG files. */
function ico() {
  const files = ICO_SIZES.map((size) => pictures.get(size));
  const head = Buffer.alloc(6 + 16 * files.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(files.length, 4);
  let offset = head.length;
  for (const [index, file] of files.entries()) {
    const entry = 6 + 16 * index;
    // One byte each for width and height, where 0 stands for 256.
    head.writeUInt8(ICO_SIZES[index] % 256, entry);
    head.writeUInt8(ICO_SIZES[index] % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(file.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += file.length;
  }
  return Buffer.concat([head, ...files]);
}

/** ICNS: "icns" and the total length, then for each picture its type, its length with this header, and the PNG. */
function icns() {
  const blocks = ICNS_TYPES.map(([type, size]) => block(type, pictures.get(size)));
  return block('icns', Buffer.concat(blocks));
}

function block(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
