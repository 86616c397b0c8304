import { useEffect, useRef, useState } from 'react';
import type { CallInput } from '#core/contract/contract.ts';
import { callOrNotify } from '../../client/query.ts';

type Sample = {
  state: 'quiet' | 'speaking' | 'playing';
  play: (input: CallInput<'narration.sample'>) => Promise<void>;
  stop: () => void;
};

/** Speaks a sentence and plays it; what plays ends with the component. */
export function useSample(): Sample {
  const [state, setState] = useState<Sample['state']>('quiet');
  const playing = useRef<{ audio: HTMLAudioElement; address: string } | null>(null);
  const isGone = useRef(false);

  function release() {
    if (playing.current === null) return;
    playing.current.audio.pause();
    URL.revokeObjectURL(playing.current.address);
    playing.current = null;
  }
  function stop() {
    release();
    if (!isGone.current) setState('quiet');
  }
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      release();
    };
  }, []);

  return {
    state,
    stop,
    async play(input) {
      stop();
      setState('speaking');
      const spoken = await callOrNotify('narration.sample', input);
      if (isGone.current) return;
      if (spoken === null) {
        setState('quiet');
        return;
      }
      const bytes = Uint8Array.from(atob(spoken.wave), (char) => char.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
      const audio = new Audio(address);
      playing.current = { audio, address };
      audio.addEventListener('ended', stop, { once: true });
      audio.addEventListener('error', stop, { once: true });
      setState('playing');
      await audio.play().catch(stop);
    },
  };
}
