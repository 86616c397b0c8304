import type { SourceColor } from '#core/media/sourceColor.ts';

/** Light of this many cd/m² is the white of paper in pictures of high dynamic range (ITU-R BT.2408). */
const PAPER_WHITE = 203;
/** The brightest light that is told from brighter ones: what most of them are made on, and what HLG is coded for. */
const PEAK = 1000;
const BRIGHTEST = PEAK / PAPER_WHITE;

/** Linear light of BT.2020 in the primaries of BT.709 (ITU-R BT.2087), as `colorchannelmixer` takes it. */
const TO_BT709_PRIMARIES =
  'rr=1.6605:rg=-0.5876:rb=-0.0728:gr=-0.1246:gg=1.1329:gb=-0.0083:br=-0.0182:bg=-0.1006:bb=1.1187';
/** And of BT.709 in those of BT.2020. */
const TO_BT2020_PRIMARIES =
  'rr=0.6274:rg=0.3293:rb=0.0433:gr=0.0691:gg=0.9195:gb=0.0114:br=0.0164:bg=0.0880:bb=0.8956';

/** Sample `val` of 0 to `maxval` as a share; `clip` keeps what lies beyond from becoming no number. */
const SHARE = 'clip(val/maxval,0,1)';

/** Light over paper white, of samples as they are coded. */
const LIGHT: Readonly<Record<SourceColor['transfer'], string>> = {
  // ITU-R BT.1886: what a screen makes of BT.709 and of BT.2020.
  sdr: `pow(${SHARE},2.4)`,
  // SMPTE ST 2084: m1 = 2610/16384, m2 = 2523/32, c1 = 107/128, c2 = 2413/128, c3 = 2392/128, of 10,000 cd/m².
  pq: `st(0,pow(${SHARE},32/2523));${10_000 / PAPER_WHITE}*pow(max(ld(0)-107/128,0)/(2413/128-2392/128*ld(0)),16384/2610)`,
  // ITU-R BT.2100, with the gamma of 1.2 that a screen of 1,000 cd/m² has, for each colour by itself.
  hlg: `st(0,${SHARE});${BRIGHTEST}*pow(if(lte(ld(0),0.5),ld(0)*ld(0)/3,(exp((ld(0)-0.55991073)/0.17883277)+0.28466892)/12),1.2)`,
};

/** Samples as they are coded, of light over `BRIGHTEST` in variable 2: the formulas above the other way round. */
const CODED: Readonly<Record<'pq' | 'hlg', string>> = {
  pq: `st(0,pow(ld(2)*${PEAK / 10_000},2610/16384));pow((107/128+2413/128*ld(0))/(1+2392/128*ld(0)),2523/32)`,
  hlg: 'st(0,pow(ld(2),1/1.2));if(lte(ld(0),1/12),sqrt(3*ld(0)),0.17883277*log(12*ld(0)-0.28466892)+0.55991073)',
};

/**
 * Filters from red, green and blue of 16 bits as they are coded in a source to those of a film; none where they are that
 * already. Every build of ffmpeg has these filters; not all have zimg.
 *
 * In a film for usual screens, BT.709, colours of BT.2020 are carried over and clipped where it has not got them. Light of
 * high dynamic range is compressed by Reinhard’s curve (“Photographic Tone Reproduction”, 2002, formula 4), which leaves
 * dark greys nearly as they are and brings `PEAK` to white; it is then coded as sRGB screens take it, which is how the
 * studio shows BT.709.
 *
 * In a film of high dynamic range, BT.2020, the white of usual pictures becomes that of paper, and light keeps what it
 * is, up to `PEAK` where one way of coding is changed for the other.
 */
export function rangeFilters(
  { transfer, primaries }: SourceColor,
  wanted: SourceColor['transfer'],
): string[] {
  if (wanted === 'sdr') return toStandard({ transfer, primaries });
  if (transfer === wanted && primaries === 'bt2020') return [];
  const gamut = primaries === 'bt709' ? [`colorchannelmixer=${TO_BT2020_PRIMARIES}`] : [];
  // Between the tables light is coded by a root, as whole numbers would leave few steps for dark colours; where colours
  // are mixed it has to be light itself.
  const [packed, unpacked] =
    gamut.length > 0 ? ['ld(1)', SHARE] : ['sqrt(ld(1))', `pow(${SHARE},2)`];
  const most = transfer === 'sdr' ? 1 : BRIGHTEST;
  return [
    table(`st(1,clip((${LIGHT[transfer]})/${most},0,1));${packed}`),
    ...gamut,
    table(`st(2,${unpacked}*${most / BRIGHTEST});${CODED[wanted]}`),
  ];
}

function toStandard({
  transfer,
  primaries,
}: Pick<SourceColor, 'transfer' | 'primaries'>): string[] {
  if (transfer === 'sdr' && primaries === 'bt709') return [];
  const gamut = primaries === 'bt2020' ? [`colorchannelmixer=${TO_BT709_PRIMARIES}`] : [];
  if (transfer === 'sdr') return [table(LIGHT.sdr), ...gamut, table(`pow(${SHARE},1/2.4)`)];
  const compressed = `st(1,${LIGHT[transfer]});clip(ld(1)*(1+ld(1)/${BRIGHTEST ** 2})/(1+ld(1)),0,1)`;
  const coded = `st(0,${SHARE});if(lte(ld(0),0.0031308),12.92*ld(0),1.055*pow(ld(0),1/2.4)-0.055)`;
  return [table(compressed), ...gamut, table(coded)];
}

/** The same function for each of red, green and blue; it gives a share. */
function table(share: string): string {
  const steps = share.split(';');
  const last = `round(maxval*(${steps.pop() ?? ''}))`;
  // The parts of an expression are separated by what separates filters, too.
  const whole = [...steps, last].join('\\;').replaceAll(',', '\\,');
  return ['r', 'g', 'b']
    .map((channel) => `${channel}=${whole}`)
    .join(':')
    .replace(/^/, 'lutrgb=');
}
