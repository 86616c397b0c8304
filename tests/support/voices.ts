import type { Page } from 'playwright';

/**
 * Gives a page a voice: a headless browser has none. It says nothing, keeps what it was to say, and ends each stretch
 * when `finish` is called in the page, as the voice of a system does.
 */
export async function giveVoice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spoken: string[] = [];
    let current: SpeechSynthesisUtterance | null = null;
    const voice = Object.assign(new EventTarget(), {
      getVoices: () => [{ name: 'Test', lang: 'en', default: true, localService: true }],
      speak(utterance: SpeechSynthesisUtterance) {
        current = utterance;
        spoken.push(utterance.text);
      },
      cancel() {
        current = null;
      },
      pause() {},
      resume() {},
    });
    Object.defineProperty(window, 'speechSynthesis', { value: voice });
    Object.assign(window, {
      spokenWords: spoken,
      finishSpeaking() {
        current?.dispatchEvent(new Event('end'));
      },
    });
  });
}

/** All stretches that the voice was given. */
export function spokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { spokenWords: string[] }).spokenWords);
}

/** Ends the stretch that is being spoken. */
export async function finishSpeaking(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { finishSpeaking: () => void }).finishSpeaking());
}
