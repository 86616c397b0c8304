const USUAL_GIGABYTES = 4;

/** Largest size of kept sentences in bytes: `INKREEL_VOICE_CACHE_GB`, of 10⁹ bytes each, or 4 of them; 0 keeps nothing. */
export function voiceCacheLimit(env: NodeJS.ProcessEnv = process.env): number {
  const given = env['INKREEL_VOICE_CACHE_GB'];
  const gigabytes = Number(given);
  const isUsable = given !== undefined && given.trim() !== '' && gigabytes >= 0;
  return (isUsable ? gigabytes : USUAL_GIGABYTES) * 1e9;
}
