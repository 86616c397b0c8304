import { failure, type FilmCheck, notice, someOf } from './filmCheck.ts';
import { drawWhole, expected, type Looking, placeOf, type Seen, sizeOf } from './looking.ts';
import { distance, isBlack, isSame, type SmallPicture } from './smallPictures.ts';

/** Pictures of the timeline that are this far apart are not one and the same. */
const MOVED = 1.5;
const MOST_DOUBTS = 6;
const DOUBTED_SECONDS = 0.5;
const NOTICED_SECONDS = 1;

/** Black pictures where the timeline shows something. One that the source has is no fault of the film. */
export async function checkBlack(looking: Looking, seen: Seen): Promise<FilmCheck> {
  const size = sizeOf(looking);
  const isDoubtful = (frame: number, picture: SmallPicture) =>
    isBlack(picture, size) && !expected(looking, frame).mayBeDark;
  const doubts = stretches([...seen.pictures], ([frame, picture]) => isDoubtful(frame, picture));
  const wrong: string[] = [];
  const inSource: string[] = [];
  for (const stretch of doubts.slice(0, MOST_DOUBTS)) {
    const [frame = 0] = stretch[Math.floor(stretch.length / 2)] ?? [];
    const drawn = await drawWhole(looking, frame);
    const place = placeOf(looking, stretch);
    if (drawn !== null && !isBlack(drawn.picture, size)) wrong.push(place);
    else inSource.push(place);
  }
  if (wrong.length > 0) return failure('Black pictures', false, `black at ${someOf(wrong)}`);
  if (inSource.length === 0) return failure('Black pictures', true, 'none that the timeline lacks');
  return notice('Black pictures', false, `the media is black at ${someOf(inSource)}`);
}

/** Pictures that stay the same where the timeline moves. Media that stands still itself is no fault of the film. */
export async function checkFrozen(looking: Looking, seen: Seen): Promise<FilmCheck> {
  const { plan } = looking;
  const size = sizeOf(looking);
  const shown = [...seen.pictures].sort(([a], [b]) => a - b);
  const isDoubtful = ([frame, picture]: [number, SmallPicture], index: number) => {
    const before = shown[index - 1];
    return (
      before !== undefined &&
      isSame(before[1], picture) &&
      !isBlack(picture, size) &&
      !expected(looking, frame).mayStandStill &&
      !expected(looking, before[0]).mayStandStill
    );
  };
  const framesIn = (seconds: number) =>
    Math.ceil((seconds * plan.frameRate.num) / plan.frameRate.den);
  const least = seen.isWhole ? framesIn(DOUBTED_SECONDS) - 1 : 1;
  const long = framesIn(NOTICED_SECONDS) - 1;
  const doubts = stretches(shown, isDoubtful)
    .map((stretch) => withOneBefore(shown, stretch))
    .filter((stretch) => (stretch.at(-1)?.[0] ?? 0) - (stretch[0]?.[0] ?? 0) >= least)
    .sort((a, b) => b.length - a.length);
  const wrong: string[] = [];
  const inSource: string[] = [];
  for (const stretch of doubts.slice(0, MOST_DOUBTS)) {
    const [first, last] = [stretch[0], stretch.at(-1)];
    if (first === undefined || last === undefined) continue;
    const [one, other] = [await drawWhole(looking, first[0]), await drawWhole(looking, last[0])];
    if (one !== null && other !== null && distance(one.picture, other.picture) > MOVED)
      wrong.push(placeOf(looking, stretch));
    else if (last[0] - first[0] >= long) inSource.push(placeOf(looking, stretch));
  }
  if (wrong.length > 0) return failure('Frozen pictures', false, `frozen at ${someOf(wrong)}`);
  if (inSource.length === 0)
    return failure('Frozen pictures', true, 'none that the timeline lacks');
  return notice('Frozen pictures', false, `the media stands still at ${someOf(inSource)}`);
}

type Shown = [frame: number, picture: SmallPicture];

function stretches(all: Shown[], isIn: (shown: Shown, index: number) => boolean): Shown[][] {
  const found: Shown[][] = [];
  let open: Shown[] | undefined;
  all.forEach((shown, index) => {
    if (!isIn(shown, index)) {
      open = undefined;
      return;
    }
    if (open === undefined) found.push((open = []));
    open.push(shown);
  });
  return found;
}

function withOneBefore(all: readonly Shown[], stretch: Shown[]): Shown[] {
  const index = all.findIndex((shown) => shown === stretch[0]);
  const before = all[index - 1];
  return before ? [before, ...stretch] : stretch;
}
