/** A picture's file as the compiler knows it. */
export type PlacedPicture = { path: string; widthPx: number; heightPx: number };
