import { type ExportPlan, planDuration } from '#core/render/planExport.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { allAtOnce } from '../../process/allAtOnce.ts';
import { Slots } from '../../process/slots.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { checkPictures } from './checkPictures.ts';
import { checkPictureFiles } from './checkPictureFiles.ts';
import { checkSound, type Loudness, type MixedSound } from './checkSound.ts';
import { checkPictureStream, checkSoundStream, type ColorTags } from './checkStreams.ts';
import { checkStructure } from './checkStructure.ts';
import { Effort } from './effort.ts';
import type { FilmCheck } from './filmCheck.ts';
import { type FilmFacts, filmFacts, soundStart } from './filmFacts.ts';
import type { Looking } from './looking.ts';
import { checkMessages } from './messages.ts';
import type { Reference } from './referencePictures.ts';

/** A film that was made, and what it was made from, as far as it is to be compared with it. */
export type FinishedFilm = {
  tools: Ffmpeg;
  plan: ExportPlan;
  /** The file; of numbered pictures their folder, or any one of them. */
  path: string;
  hasSound: boolean;
  /** False for sound alone. Default: true. */
  hasPicture?: boolean;
  /** Numbered pictures instead of one file. Default: false. */
  isPictures?: boolean;
  /** What the colours must be said to be. Default: BT.709, limited range. */
  colors?: ColorTags;
  /** Pictures around cuts are drawn again from it and compared. */
  reference?: Reference;
  /** First frames of the pieces that the film was joined from, on the timeline; borders of spans are known anyway. */
  joins?: readonly number[];
  /** The sound before it was encoded; the film's is compared with it. */
  mix?: MixedSound;
  /** Measured already; else it is measured here, when there is time. */
  loudness?: Loudness;
  /** How long making the film took: the checks take about a twentieth of it. Absent: as long as they need. */
  exportMs?: number;
  /** How much is decoded and drawn at a time. Default: 2. */
  workers?: number;
  signal: AbortSignal;
};

const AT_ONCE = 2;

/**
 * Looks at a finished film: frames and each one's time, size, colours, length, where sound begins; that its file is
 * whole, that it decodes; the pictures at cuts, black and frozen ones, and the sound against what was mixed. Nothing is
 * thrown for what is wrong with the film: it is said in the checks.
 */
export async function checkFilm(film: FinishedFilm): Promise<FilmCheck[]> {
  const { tools, plan, path, hasSound, hasPicture = true, workers = AT_ONCE } = film;
  const effort = new Effort(film.exportMs);
  if (film.isPictures) return checkPictureFiles(film);
  const facts = await filmFacts(tools, path, film.signal);
  const { video, audio } = facts;
  const structure = await checkStructure(path);
  const streams = [
    ...(hasPicture ? checkPictureStream(plan, facts, film.colors) : []),
    ...(hasSound ? checkSoundStream(plan, facts) : []),
    ...(structure ? [structure] : []),
    checkMessages('Reads through', facts.messages, 'to its end'),
  ];
  const slots = new Slots(workers);
  const seconds = planDuration(plan) / FLICKS_PER_SECOND;
  const [pictures, sound] = await allAtOnce(film.signal, [
    async (signal) => {
      if (!hasPicture || video === undefined || !canBeSought(facts)) return [];
      const { reference, joins = [] } = film;
      const drawn: Looking['drawn'] = new Map();
      return checkPictures({ ...film, video, reference, joins, effort, slots, drawn, signal });
    },
    async (signal) => {
      if (!hasSound || audio === undefined) return [];
      const { mix, loudness } = film;
      const start = soundStart(facts);
      return checkSound({ ...film, mix, loudness, seconds, start, effort, slots, signal });
    },
  ]);
  return [...streams, ...pictures, ...sound];
}

/** An animated GIF is decoded from its beginning only, and its few colours are not those of the timeline. */
function canBeSought({ container }: FilmFacts): boolean {
  return container !== 'gif';
}
