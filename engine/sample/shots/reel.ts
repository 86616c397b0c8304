import { AMBER, along, blend, EMBER, FOAM, INK, PAPER } from '../palette.ts';
import type { Outline, Painter } from '../painter.ts';
import { crescent, ellipse, placed, rectangle, roundRectangle } from '../shapes.ts';
import { HEIGHT, type Shot, WIDTH } from '../shot.ts';

const REEL = { x: 392, y: 322, radius: 248 };
const FILM = { top: 532, height: 150, frame: 196 };
const TURNS_PER_SECOND = 0.16;
/** The film runs at the speed of the rim, and to the left, as the lower rim of a reel that turns clockwise does. */
const FILM_SPEED = TURNS_PER_SECOND * Math.PI * 2 * (FILM.top + 10 - REEL.y);

/** A reel turns and its film runs past, carrying the pictures of the other shots. */
export const reel: Shot = {
  name: 'reel',
  durationSeconds: 5,
  paint: (painter, seconds) => {
    const angle = seconds * TURNS_PER_SECOND * Math.PI * 2;
    painter.view({ zoom: 1.02 + seconds * 0.004, aroundX: WIDTH / 2, aroundY: HEIGHT / 2 });
    paintRoom(painter, seconds);
    paintReel(painter, REEL.x, REEL.y, REEL.radius, angle);
    paintReel(painter, 1010, 214, 138, angle * (REEL.radius / 138) + 0.5);
    paintFilm(painter, seconds);
  },
};

function paintRoom(painter: Painter, seconds: number): void {
  painter.clear(INK[1]);
  const flicker = 1 + 0.006 * Math.sin(seconds * 31) + 0.004 * Math.sin(seconds * 47);
  for (const [index, radius] of [700, 560, 440, 350, 290].entries()) {
    painter.fill(
      [ellipse(REEL.x, REEL.y, radius * flicker)],
      along([INK[1], INK[3]], (index + 1) / 5),
    );
  }
}

function paintReel(painter: Painter, x: number, y: number, radius: number, angle: number): void {
  const scale = radius / 248;
  const windows = (count: number, distance: number, size: number): Outline[] =>
    Array.from({ length: count }, (_, index) => {
      const at = angle + (index * Math.PI * 2) / count;
      return ellipse(
        x + Math.cos(at) * distance * scale,
        y + Math.sin(at) * distance * scale,
        size * scale,
        size * scale,
        'hole',
      );
    });
  painter.fill([ellipse(x + 10 * scale, y + 14 * scale, radius)], INK[0], 0.45);
  // Wound film between the flanges, seen through the windows.
  painter.fill([ellipse(x, y, radius * 0.97)], INK[0]);
  for (const [index, share] of [0.86, 0.74, 0.62, 0.5, 0.38].entries()) {
    painter.fill([ellipse(x, y, radius * share)], index % 2 === 0 ? INK[1] : INK[0]);
  }
  painter.fill([ellipse(x, y, radius), ...windows(5, 142, 68), ...windows(10, 226, 9)], FOAM);
  painter.fill(
    [ellipse(x, y, radius), ellipse(x, y, radius - 7 * scale, radius - 7 * scale, 'hole')],
    PAPER,
  );
  painter.fill([ellipse(x, y, 60 * scale)], PAPER);
  painter.fill([ellipse(x, y, 44 * scale)], AMBER);
  painter.fill([ellipse(x, y, 20 * scale)], INK[0]);
  const key = Array.from({ length: 3 }, (_, index) =>
    placed(
      rectangle(14 * scale, -5 * scale, 18 * scale, 10 * scale),
      x,
      y,
      angle + (index * Math.PI * 2) / 3,
    ),
  );
  painter.fill(key, INK[0]);
}

function paintFilm(painter: Painter, seconds: number): void {
  const { top, height, frame } = FILM;
  const run = seconds * FILM_SPEED;
  painter.fill([rectangle(-100, top + 10, WIDTH + 200, height)], INK[0], 0.5);
  painter.fill([rectangle(-100, top, WIDTH + 200, height)], INK[0]);
  const pitch = frame / 7;
  for (let x = -100 - (run % pitch); x < WIDTH + 100; x += pitch) {
    painter.fill(
      [roundRectangle(x, top + 8, 14, 12, 3), roundRectangle(x, top + height - 20, 14, 12, 3)],
      blend(INK[3], PAPER, 0.55),
    );
  }
  const first = Math.floor((run - 100) / frame);
  for (let index = first; index * frame - run < WIDTH + 100; index += 1) {
    paintFrame(
      painter,
      index * frame - run + 6,
      top + 28,
      frame - 12,
      height - 56,
      ((index % 4) + 4) % 4,
    );
  }
}

/** A small picture on the film: the lighthouse, the sea, the ink, the dawn. */
function paintFrame(
  painter: Painter,
  x: number,
  y: number,
  width: number,
  height: number,
  subject: number,
): void {
  const centreX = x + width / 2;
  const floor = y + height;
  const sky = [AMBER, blend(INK[5], PAPER, 0.25), PAPER, EMBER][subject] ?? PAPER;
  painter.fill([roundRectangle(x, y, width, height, 5)], sky);
  const water = roundRectangle(x, floor - 26, width, 26, 5);
  if (subject === 0) {
    painter.fill([water], INK[2]);
    painter.fill(
      [
        [
          centreX - 11,
          floor - 22,
          centreX - 6,
          y + 28,
          centreX + 6,
          y + 28,
          centreX + 11,
          floor - 22,
        ],
      ],
      PAPER,
    );
    painter.fill(
      [rectangle(centreX - 8, y + 17, 16, 12), rectangle(centreX - 9, floor - 48, 18, 9)],
      INK[1],
    );
    painter.fill([[centreX - 8, y + 23, x + 6, y + 8, x + 6, y + 34]], PAPER, 0.8);
    painter.fill([[centreX + 8, y + 23, x + width - 6, y + 8, x + width - 6, y + 34]], PAPER, 0.8);
  } else if (subject === 1) {
    painter.fill([ellipse(x + 44, y + 32, 19)], PAPER);
    painter.fill([water, rectangle(x, floor - 34, width, 12)], INK[3]);
    painter.fill(
      [[centreX + 22, floor - 30, centreX + 22, y + 14, centreX + 58, floor - 30]],
      PAPER,
    );
    painter.fill(
      [
        [
          centreX - 4,
          floor - 28,
          centreX + 66,
          floor - 28,
          centreX + 54,
          floor - 14,
          centreX + 8,
          floor - 14,
        ],
      ],
      INK[0],
    );
  } else if (subject === 2) {
    painter.fill(
      [
        ellipse(centreX, y + height / 2 + 6, 25),
        [centreX - 21, y + 38, centreX, y + 8, centreX + 21, y + 38],
      ],
      INK[2],
    );
    painter.fill([placed(crescent(17, 15, 7), centreX, y + height / 2 + 6, 2.4)], FOAM, 0.6);
  } else {
    painter.fill([halfDisc(centreX, floor - 25, 36)], blend(AMBER, PAPER, 0.6));
    painter.fill([water], INK[3]);
    painter.fill(
      [rectangle(centreX - 30, floor - 17, 60, 3), rectangle(centreX - 18, floor - 10, 36, 3)],
      AMBER,
    );
  }
}

function halfDisc(x: number, y: number, radius: number): Outline {
  return Array.from({ length: 33 }, (_, step) => {
    const angle = Math.PI + (step / 32) * Math.PI;
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
  }).flat();
}
