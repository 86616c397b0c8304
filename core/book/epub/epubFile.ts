/** A file of the container, in the order in which it is to be written. */
export type EpubFile = { path: string; content: string | Uint8Array; compress: boolean };
