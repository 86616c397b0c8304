/**
 * Reel names for media files, each of at most eight capital letters and digits, as CMX 3600 has room for: the same
 * file keeps its name, and two files never share one. `AX` is for clips without a file, `BL` is black.
 */
export class EdlReels {
  readonly #byUrl = new Map<string, string>();
  readonly #taken = new Set(['AX', 'BL']);
  /** Where to count on from, so that many files of one name do not search again and again. */
  readonly #lastCount = new Map<string, number>();

  nameOf(mediaUrl: string | null): string {
    if (mediaUrl === null) return 'AX';
    const known = this.#byUrl.get(mediaUrl);
    if (known !== undefined) return known;
    const name = this.#free(stemOf(mediaUrl));
    this.#byUrl.set(mediaUrl, name);
    this.#taken.add(name);
    return name;
  }

  #free(stem: string): string {
    if (!this.#taken.has(stem)) return stem;
    for (let count = this.#lastCount.get(stem) ?? 2; ; count++) {
      const number = String(count);
      const name = `${stem.slice(0, 8 - number.length)}${number}`;
      if (this.#taken.has(name)) continue;
      this.#lastCount.set(stem, count);
      return name;
    }
  }
}

function stemOf(mediaUrl: string): string {
  const file = mediaUrl.slice(mediaUrl.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const fitting = file
    .replaceAll(/%[\dA-F]{2}/gi, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 8);
  return fitting === '' ? 'REEL' : fitting;
}
