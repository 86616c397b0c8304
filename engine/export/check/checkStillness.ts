import { eachAtOnce } from '../../process/eachAtOnce.ts';
import { failure, type FilmCheck, notice, someOf } from './filmCheck.ts';
import { drawWhole, expected, type Looking, placeOf, type Seen, sizeOf } from './looking.ts';
import { MOVED, movement } from './movement.ts';
import { isBlack, isSame, type SmallPicture } from './smallPictures.ts';

const MOST_DOUBTS = 6;
const DOUBTED_SECONDS = 0.5;
const NOTICED_SECONDS = 1;
/** Doubts that are looked into at a time. */
const AT_ONCE = 2;

/** Black pictures where the timeline shows something. One that the source has is no fault of the film. */
export async function checkBlack(looking: Looking, seen: Seen): Promise<FilmCheck> {
  const size = sizeOf(looking);
  const isDoubtful = (frame: number, picture: SmallPicture) =>
    isBlack(picture, size) && !expected(looking, frame).mayBeDark;
  const doubts = stretches([...seen.pictures], ([frame, picture]) => isDoubtful(frame, picture));
  const wrong: string[] = [];
  const inSource: string[] = [];
  const looked = doubts.slice(0, MOST_DOUBTS).map(async (stretch) => {
    const [frame = 0] = stretch[Math.floor(stretch.length / 2)] ?? [];
    return { stretch, drawn: await drawWhole(looking, frame) };
  });
  for (const { stretch, drawn } of await Promise.all(looked)) {
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
  const found: { isWrong: boolean; first: number; last: number; stretch: Shown[] }[] = [];
  // The longest in any case, the others while there is time.
  const each = [...doubts.slice(0, MOST_DOUBTS).entries()];
  const { effort, signal: outer } = looking;
  await eachAtOnce(each, { workers: AT_ONCE, signal: outer }, async ([index, stretch], signal) => {
    if (index > 0 && effort.leftMs < 0) return;
    const [[first = 0] = [], [last = 0] = []] = [stretch[0], stretch.at(-1)];
    const here = { ...looking, signal };
    const isWrong = (await movement(here, first, last)) > MOVED;
    found.push({ isWrong, first, last, stretch });
  });
  found.sort((a, b) => a.first - b.first);
  const placesOf = (isWrong: boolean, frames: number) =>
    found
      .filter((one) => one.isWrong === isWrong && one.last - one.first >= frames)
      .map(({ stretch }) => placeOf(looking, stretch));
  const wrong = placesOf(true, 0);
  const inSource = placesOf(false, long);
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
