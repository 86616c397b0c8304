/*
 * Values on their way between a page and the main process. Chromium's debugging protocol carries text; Electron's
 * messages are structured clones, so this writes down what a structured clone can hold, cycles included, and fails
 * where a clone fails. Both functions are also sent into pages as source text, so they use nothing from outside.
 */

/** A value as text. Throws `DataCloneError` for what cannot be cloned, such as functions. */
export function toWire(value: unknown): string {
  type Node = readonly [kind: string, ...rest: unknown[]];
  const nodes: Node[] = [];
  const known = new Map<object, number>();
  const bytesToText = (bytes: Uint8Array) => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const refuse = () => {
    throw new DOMException('An object could not be cloned.', 'DataCloneError');
  };
  const describe = (object: object): Node => {
    if (Array.isArray(object)) return ['array', object.map(add)];
    if (object instanceof Date) return ['date', object.getTime()];
    if (object instanceof RegExp) return ['pattern', object.source, object.flags];
    if (object instanceof Map)
      return ['map', [...object].map(([key, item]) => [add(key), add(item)])];
    if (object instanceof Set) return ['set', [...object].map(add)];
    if (object instanceof Error) return ['error', object.name, object.message];
    if (object instanceof ArrayBuffer) return ['bytes', bytesToText(new Uint8Array(object)), ''];
    if (ArrayBuffer.isView(object)) {
      const bytes = new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
      return ['bytes', bytesToText(bytes), object.constructor.name];
    }
    if (Object.getPrototypeOf(object) !== Object.prototype) return refuse();
    return ['object', Object.entries(object).map(([key, item]) => [key, add(item)])];
  };
  const add = (item: unknown): number => {
    if (typeof item === 'object' && item !== null) {
      const before = known.get(item);
      if (before !== undefined) return before;
      const place = nodes.push(['pending']) - 1;
      known.set(item, place);
      nodes[place] = describe(item);
      return place;
    }
    if (item === undefined) return nodes.push(['undefined']) - 1;
    if (typeof item === 'bigint') return nodes.push(['bigint', String(item)]) - 1;
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
      return nodes.push(['number', Object.is(item, -0) ? '-0' : String(item)]) - 1;
    }
    return nodes.push(['plain', item]) - 1;
  };
  add(structuredClone(value));
  return JSON.stringify(nodes);
}

/** The value that `toWire` wrote. */
export function fromWire(text: string): unknown {
  const nodes = JSON.parse(text) as [kind: string, ...rest: never[]][];
  const made = new Map<number, unknown>();
  const views: Record<string, new (buffer: ArrayBuffer) => unknown> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const toBytes = (encoded: string, view: string) => {
    const { buffer } = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const View = views[view];
    return View === undefined ? buffer : new View(buffer);
  };
  const keep = <T>(place: number, container: T, fill: (container: T) => void): T => {
    made.set(place, container);
    fill(container);
    return container;
  };
  const make = (place: number): unknown => {
    if (made.has(place)) return made.get(place);
    const [kind, first, second] = nodes[place] ?? ['undefined'];
    switch (kind) {
      case 'plain':
        return first;
      case 'undefined':
        return undefined;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(first as unknown as string);
      case 'date':
        return keep(place, new Date(first as unknown as number), () => undefined);
      case 'pattern':
        return keep(place, new RegExp(first as unknown as string, second), () => undefined);
      case 'error': {
        const error = new Error(second);
        error.name = first as unknown as string;
        return keep(place, error, () => undefined);
      }
      case 'bytes':
        return keep(
          place,
          toBytes(first as unknown as string, second as unknown as string),
          () => undefined,
        );
      case 'array':
        return keep(place, [] as unknown[], (list) => {
          for (const item of first as unknown as number[]) list.push(make(item));
        });
      case 'set':
        return keep(place, new Set<unknown>(), (set) => {
          for (const item of first as unknown as number[]) set.add(make(item));
        });
      case 'map':
        return keep(place, new Map<unknown, unknown>(), (map) => {
          for (const [key, item] of first as unknown as [number, number][])
            map.set(make(key), make(item));
        });
      default:
        return keep(place, {}, (object) => {
          for (const [key, item] of first as unknown as [string, number][]) {
            // A key named __proto__ is a key like any other in a clone.
            Object.defineProperty(object, key, {
              value: make(item),
              enumerable: true,
              configurable: true,
              writable: true,
            });
          }
        });
    }
  };
  return make(0);
}
