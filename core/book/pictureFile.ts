/** A picture as it goes into a book. */
export type PictureFile = {
  bytes: Uint8Array;
  mediaType: 'image/jpeg' | 'image/png';
  extension: 'jpg' | 'png';
  widthPx: number;
  heightPx: number;
};

/** What bytes hold, by their signature and header (PNG, ISO/IEC 15948; JPEG, ITU T.81); null when it is neither. */
export function pictureFile(bytes: Uint8Array): PictureFile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const png = pngSize(view);
  if (png !== null) return { bytes, mediaType: 'image/png', extension: 'png', ...png };
  const jpeg = jpegSize(view);
  return jpeg === null ? null : { bytes, mediaType: 'image/jpeg', extension: 'jpg', ...jpeg };
}

type Size = { widthPx: number; heightPx: number };

const PNG_SIGNATURE_HEAD = 0x89504e47;
const PNG_IHDR = 0x49484452;

function pngSize(view: DataView): Size | null {
  if (view.byteLength < 24 || view.getUint32(0) !== PNG_SIGNATURE_HEAD) return null;
  if (view.getUint32(12) !== PNG_IHDR) return null;
  return positive({ widthPx: view.getUint32(16), heightPx: view.getUint32(20) });
}

function jpegSize(view: DataView): Size | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // SOF0 to SOF15 state the size; DHT, JPG and DAC stand among their numbers without being frames.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return positive({ widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) });
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

function positive(size: Size): Size | null {
  return size.widthPx > 0 && size.heightPx > 0 ? size : null;
}
