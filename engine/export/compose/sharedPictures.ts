import type { Picture } from './picture.ts';

type Place = { picture: Picture; holds: Picture | null; users: number };

/**
 * Copies of pictures in memory that several threads see. A picture that is asked for again, as a still is for every
 * frame, is not copied again. Memory is used again once nobody needs what it holds.
 */
export class SharedPictures {
  readonly #places: Place[] = [];

  /** A copy of a picture, to be given back with `release` as often as it was taken. */
  take(picture: Picture): Picture {
    const held = this.#places.find((place) => place.holds === picture);
    const place = held ?? this.#spare(picture);
    if (place.holds !== picture) {
      place.picture.data.set(picture.data);
      place.holds = picture;
    }
    place.users += 1;
    return place.picture;
  }

  release(shared: Picture): void {
    const place = this.#places.find(({ picture }) => picture === shared);
    if (place !== undefined) place.users -= 1;
  }

  #spare({ width, height }: Picture): Place {
    const spare = this.#places.find(
      ({ picture, users }) => users === 0 && picture.width === width && picture.height === height,
    );
    if (spare !== undefined) return spare;
    const place: Place = { picture: sharedPicture(width, height), holds: null, users: 0 };
    this.#places.push(place);
    return place;
  }
}

/** A clear picture in memory that several threads see. */
export function sharedPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint8Array(new SharedArrayBuffer(width * height * 4)) };
}
