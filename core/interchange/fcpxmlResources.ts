import { type Flicks, ZERO } from '../time/flicks.ts';
import { type Rate, sameRate, rate } from '../time/rate.ts';
import { type XmlElement, xmlElement } from '../xml/xmlElement.ts';
import { fraction } from './fraction.ts';
import { fcpxmlFlicks, fcpxmlTime } from './fcpxmlTimes.ts';
import type {
  InterchangeClip,
  InterchangeMedia,
  InterchangeSequence,
} from './interchangeTimeline.ts';

/** The dissolves that come with the program, by the identifiers that its own files have. */
const EFFECTS = {
  picture: { name: 'Cross Dissolve', uid: 'FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265' },
  sound: { name: 'Audio Crossfade', uid: 'FFAudioTransition' },
} as const;

/** Names of formats that the program knows, by height and rate. */
const KNOWN_RATES: readonly [string, Rate][] = [
  ['2398', rate(24000, 1001)],
  ['24', rate(24)],
  ['25', rate(25)],
  ['2997', rate(30000, 1001)],
  ['30', rate(30)],
  ['50', rate(50)],
  ['5994', rate(60000, 1001)],
  ['60', rate(60)],
];

/** Sizes where a timeline does not say one. */
export const USUAL_FORMAT = { width: 1920, height: 1080, sampleRateHz: 48_000 };

/** The resources of a file, each written once, with ids in the order in which they are first needed. */
export class FcpxmlResources {
  readonly elements: XmlElement[] = [];
  readonly #ids = new Map<string, string>();
  #count = 0;

  format(frameRate: Rate, size: { width: number; height: number }): string {
    const { width, height } = size;
    const key = `format ${frameRate.num}/${frameRate.den} ${width}×${height}`;
    return this.#resource(key, (id) =>
      xmlElement('format', {
        id,
        name: knownFormat(frameRate, size),
        frameDuration: fcpxmlTime(fraction(BigInt(frameRate.den), BigInt(frameRate.num))),
        width: String(width),
        height: String(height),
      }),
    );
  }

  /** The asset of a clip with media. `media` is what is known of the file, else it is as the clips use it. */
  asset(
    clip: InterchangeClip,
    url: string,
    media: InterchangeMedia,
    timeline: InterchangeSequence,
  ): string {
    const length: Flicks = clip.mediaDuration ?? ZERO;
    return this.#resource(`asset ${length} ${url}`, (id) => {
      const { picture, sound } = media;
      const format =
        picture === null
          ? undefined
          : picture.frameRate === null
            ? this.#still(picture)
            : this.format(picture.frameRate, picture);
      return xmlElement(
        'asset',
        {
          id,
          name: nameOfUrl(url),
          start: '0s',
          duration: fcpxmlFlicks(length),
          ...(picture === null ? {} : { hasVideo: '1', format, videoSources: '1' }),
          ...(sound === null
            ? {}
            : {
                hasAudio: '1',
                audioSources: '1',
                audioChannels: String(sound.channels),
                audioRate: String(
                  sound.sampleRateHz || (timeline.format ?? USUAL_FORMAT).sampleRateHz,
                ),
              }),
        },
        [xmlElement('media-rep', { kind: 'original-media', src: url })],
      );
    });
  }

  effect(of: 'picture' | 'sound'): string {
    return this.#resource(`effect ${of}`, (id) => xmlElement('effect', { id, ...EFFECTS[of] }));
  }

  /** A nested timeline; `sequence` makes its content, once. */
  nested(key: string, name: string, sequence: () => XmlElement): string {
    return this.#resource(`media ${key}`, (id) => xmlElement('media', { id, name }, [sequence()]));
  }

  #still(size: { width: number; height: number }): string {
    const { width, height } = size;
    return this.#resource(`still ${width}×${height}`, (id) =>
      xmlElement('format', {
        id,
        name: 'FFVideoFormatRateUndefined',
        width: String(width),
        height: String(height),
      }),
    );
  }

  #resource(key: string, make: (id: string) => XmlElement): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#count += 1;
    const id = `r${this.#count}`;
    this.#ids.set(key, id);
    this.elements.push(make(id));
    return id;
  }
}

function knownFormat(frameRate: Rate, { width, height }: { width: number; height: number }) {
  const name = KNOWN_RATES.find(([, known]) => sameRate(known, frameRate))?.[0];
  const isKnownSize = (width === 1920 && height === 1080) || (width === 1280 && height === 720);
  return name === undefined || !isKnownSize ? undefined : `FFVideoFormat${height}p${name}`;
}

function nameOfUrl(url: string): string {
  const file = url.slice(url.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(file);
  } catch (error) {
    if (error instanceof URIError) return file;
    throw error;
  }
}
