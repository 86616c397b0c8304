import { useCallback, useState } from 'react';

/**
 * Lets pictures of a gallery load one after another, so that a dozen of them do not keep what the user does waiting.
 * `onDone` is called with a picture's place when it is there, or will not come.
 */
export function useInTurn(): {
  mayLoad: (index: number) => boolean;
  onDone: (index: number) => void;
} {
  const [next, setNext] = useState(0);
  const onDone = useCallback((index: number) => {
    setNext((now) => Math.max(now, index + 1));
  }, []);
  return { mayLoad: (index) => index <= next, onDone };
}
