import { espeakNg } from './espeakNg.ts';
import type { VoiceEngine } from './voice.ts';

/** Everything that can speak on this computer, and what could if it were installed. */
export async function findVoiceEngines(): Promise<VoiceEngine[]> {
  return [await espeakNg()];
}
