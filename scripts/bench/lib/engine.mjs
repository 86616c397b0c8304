/** The ffmpeg that the engine uses. */
export async function findTools() {
  const { findFfmpeg } = await import('../../../engine/tools/ffmpeg.ts');
  return findFfmpeg();
}

export async function factsOf(path) {
  const { probeMedia } = await import('../../../engine/media/probe.ts');
  return probeMedia(await findTools(), path);
}
