/** How the picture of an asset is opened. */
export type FootageFile = {
  path: string;
  isStill: boolean;
  streamIndex: number;
  /** Size as seen: pixel aspect and rotation applied. */
  width: number;
  height: number;
  /** Whether it may be clear in places. */
  hasAlpha: boolean;
};
