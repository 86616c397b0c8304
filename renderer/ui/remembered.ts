import { useState } from 'react';

/** A setting of this computer that survives closing the window. What cannot be read counts as not set. */
export function useRemembered<T extends string | number | boolean>(
  name: string,
  initial: T,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => recall(name, initial));
  return [
    value,
    (next) => {
      setValue(next);
      remember(name, next);
    },
  ];
}

/** Reads a remembered setting. */
export function recall<T extends string | number | boolean>(name: string, initial: T): T {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`inkreel.${name}`) ?? 'null');
    return typeof stored === typeof initial ? (stored as T) : initial;
  } catch {
    return initial;
  }
}

/** Keeps a setting; a browser that forbids storage just forgets it. */
export function remember(name: string, value: string | number | boolean): void {
  try {
    localStorage.setItem(`inkreel.${name}`, JSON.stringify(value));
  } catch {
    return;
  }
}
