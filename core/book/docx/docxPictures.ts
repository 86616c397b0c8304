import type { Picture } from '../manuscript.ts';
import type { PictureFile } from '../pictureFile.ts';
import { xmlText } from '../xml.ts';

const EMU_PER_INCH = 914_400;
/** Pictures without a stated size are taken to be meant for a screen. */
const PIXELS_PER_INCH = 96;
const MAX_WIDTH_IN = 6;
const MAX_HEIGHT_IN = 7;

/** A picture as DrawingML that stands in a line of text. `number` is unique in the document. */
export function drawing(
  picture: Picture,
  file: PictureFile,
  relationshipId: string,
  number: number,
): string {
  const scale = Math.min(
    1,
    (MAX_WIDTH_IN * PIXELS_PER_INCH) / file.widthPx,
    (MAX_HEIGHT_IN * PIXELS_PER_INCH) / file.heightPx,
  );
  const emu = (px: number) => Math.round((px * scale * EMU_PER_INCH) / PIXELS_PER_INCH);
  const size = `cx="${emu(file.widthPx)}" cy="${emu(file.heightPx)}"`;
  const name = `Picture ${number}`;
  const silent = picture.decorative
    ? '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    : '';
  const alt = picture.decorative ? '' : xmlText(picture.alt);
  return `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr id="${number}" name="${name}" descr="${alt}">${silent}</wp:docPr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="${number}" name="${name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relationshipId}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
}
