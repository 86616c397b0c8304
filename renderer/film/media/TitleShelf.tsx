import '#compositions/fonts.ts';
import { useLayoutEffect, useRef, useState } from 'react';
import { OverlayStack } from '#compositions/OverlayStack.tsx';
import { motionFrames } from '#core/graphics/graphicKey.ts';
import { TEMPLATES } from '#core/graphics/templates.ts';
import type { Timeline } from '#core/model/entities.ts';
import { addTitle } from '../filmActions.ts';
import { useFilm } from '../filmSession.ts';

const SHELF = [
  {
    template: 'title',
    fields: { title: 'The harbour', subtitle: 'A film by the sea' },
  },
  {
    template: 'lowerThird',
    fields: { name: 'Ada Byron', role: 'Harbour master' },
  },
] as const;
const SAMPLE_FRAMES = 300;

/** Kinds of titles, each as it will look; press one to put it at the playhead, or drag it. */
export function TitleShelf({ timeline }: { timeline: Timeline }) {
  return (
    <div className="flex flex-col gap-3 px-2 pb-3">
      <p className="px-1 text-xs text-faint">
        Press a title to put it at the playhead, or drag it to the timeline.
      </p>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-2">
        {SHELF.map((entry) => (
          <TitleCard key={entry.template} timeline={timeline} {...entry} />
        ))}
      </ul>
    </div>
  );
}

function TitleCard({
  timeline,
  template,
  fields,
}: (typeof SHELF)[number] & { timeline: Timeline }) {
  const session = useFilm();
  const { format } = timeline;
  const box = useRef<HTMLSpanElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { enterFrames } = motionFrames({
    template,
    durationFrames: SAMPLE_FRAMES,
    frameRate: format.frameRate,
  });
  const scale = width / format.width;
  return (
    <li>
      <button
        type="button"
        draggable
        onClick={() => addTitle(session, template)}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'copy';
          event.dataTransfer.setData('text/plain', TEMPLATES[template].name);
          session.state.setState({ dragged: { kind: 'title', template } });
        }}
        onDragEnd={() => session.state.setState({ dragged: null, gesture: null })}
        className="flex w-full flex-col gap-1 rounded-md p-1 text-left hover:bg-hover"
      >
        <span
          ref={box}
          aria-hidden="true"
          className="relative block w-full overflow-hidden rounded-sm bg-[#3d4a5c]"
          style={{ aspectRatio: `${format.width} / ${format.height}` }}
        >
          {width > 0 && (
            <span
              className="absolute top-0 left-0 block origin-top-left"
              style={{ transform: `scale(${scale})` }}
            >
              <OverlayStack
                layers={[{ template, fields, frame: enterFrames, durationFrames: SAMPLE_FRAMES }]}
                width={format.width}
                height={format.height}
                frameRate={format.frameRate}
              />
            </span>
          )}
        </span>
        <span className="px-0.5 text-xs">
          <span className="sr-only">Add </span>
          {TEMPLATES[template].name}
          <span className="sr-only"> at the playhead</span>
        </span>
      </button>
    </li>
  );
}
