/** At least this long may a check take, so that the shortest of films is looked at too. */
const LEAST_MS = 600;
/** Of the time that making the film took; a little of what is allowed is left for what cannot be stopped half-way. */
const SHARE = 0.04;

/** Time that checks may take. What must be looked at is looked at; what is sampled goes on while there is time. */
export class Effort {
  readonly #startedAt = performance.now();
  readonly #allowedMs: number;

  /** `exportMs`: how long making the film took; absent: everything is looked at, however long it takes. */
  constructor(exportMs: number | undefined) {
    this.#allowedMs =
      exportMs === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_MS, exportMs * SHARE);
  }

  /** Milliseconds that are left; none when negative. */
  get leftMs(): number {
    return this.#allowedMs - (performance.now() - this.#startedAt);
  }

  /** Whether work of about so long still fits into a share of what is left. */
  fits(ms: number, share = 1): boolean {
    return ms <= this.leftMs * share;
  }
}

/** The numbers below `count`, so that any beginning of the list is spread over all of them: 0, 4, 2, 6, 1 … */
export function spreadOut(count: number): number[] {
  const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, count))));
  const order: number[] = [];
  for (let index = 0; index < 2 ** bits; index++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed = reversed * 2 + ((index >> bit) & 1);
    if (reversed < count) order.push(reversed);
  }
  return order;
}
