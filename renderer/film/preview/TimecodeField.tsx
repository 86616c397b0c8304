import { useEffect, useRef, useState } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { useFilm } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { typedTime } from './typedTime.ts';

/** Where the playhead stands; pressing it lets one type a time. */
export function TimecodeField({ timeline }: { timeline: Timeline }) {
  const { playhead, player } = useFilm();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = useRef<HTMLSpanElement>(null);
  const { frameRate } = timeline.format;
  const isTyping = draft !== null;

  useEffect(() => {
    if (isTyping) return;
    const show = () => {
      if (shown.current !== null) shown.current.textContent = timecode(playhead.time, frameRate);
    };
    show();
    return playhead.subscribe(show);
  }, [playhead, frameRate, isTyping]);

  if (draft === null) {
    return (
      <button
        type="button"
        title="Type a time"
        className="h-8 rounded-md px-2 font-mono text-sm text-strong tabular-nums hover:bg-hover"
        onClick={() => setDraft(timecode(playhead.time, frameRate))}
      >
        <span className="sr-only">Playhead at </span>
        <span ref={shown} />
      </button>
    );
  }
  const time = typedTime(draft, frameRate, playhead.time);
  return (
    <input
      aria-label="Go to time"
      aria-invalid={time === null}
      title="00:00:04:12, 4:12, 4s, 120f, +10f"
      autoFocus
      value={draft}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        } else if (event.key === 'Enter' && time !== null) {
          player.seek(time);
          setDraft(null);
        }
      }}
      className="h-8 w-32 rounded-md bg-field px-2 font-mono text-sm aria-invalid:text-danger"
    />
  );
}
