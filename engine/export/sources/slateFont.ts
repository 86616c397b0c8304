export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 8;

/** The glyphs from space to tilde: eight rows each, a row one digit in base 32, its highest bit leftmost. */
const GLYPHS: readonly string[] = [
  '00000000 44444040 aa000000 aavavaa0 4fke5u40 pp248jj0 cik8lid0 44000000 24888420 84222480',
  '04lel400 044v4400 00000648 000e0000 00000cc0 11248gg0 ehjlphe0 4c4444e0 eh168gv0 eh161he0',
  '26aiv220 vgu11he0 68guhhe0 v1248880 ehhehhe0 ehhf12c0 0cc0cc00 0cc0c480 248g8420 00v0v000',
  '84212480 eh164040 ehnlnge0 ehhvhhh0 uhhuhhu0 ehggghe0 uhhhhhu0 vgguggv0 vgguggg0 ehgnhhe0',
  'hhhvhhh0 e44444e0 72222ic0 hikokih0 ggggggv0 hrllhhh0 hpljhhh0 ehhhhhe0 uhhuggg0 ehhhlid0',
  'uhhukih0 ehge1he0 v4444440 hhhhhhe0 hhhhha40 hhhllrh0 hha4ahh0 hha44440 v1248gv0 e88888e0',
  'gg842110 e22222e0 4ah00000 000000v0 84000000 00e1fhf0 gguhhhu0 00ehghe0 11fhhhf0 00ehvge0',
  '68u88880 00fhhf1e gguhhhh0 40c444e0 206222ic ggikoki0 c44444e0 00qllll0 00uhhhh0 00ehhhe0',
  '00uhhugg 00fhhf11 00mpggg0 00fge1u0 88u88960 00hhhhf0 00hhha40 00hllla0 00ha4ah0 00hhhf1e',
  '00v248v0 24484420 44444440 84424480 009m0000',
].flatMap((line) => line.split(' '));

/** A frame, for letters that have no glyph. */
const UNKNOWN = 'vhhhhhv0';
const FIRST = 32;

/** The rows of a letter from the top. Letters with accents are written without them. */
export function glyphRows(letter: string): number[] {
  const plain = letter.normalize('NFD')[0] ?? '';
  const digits = GLYPHS[plain.charCodeAt(0) - FIRST] ?? UNKNOWN;
  return [...digits].map((digit) => Number.parseInt(digit, 32));
}
