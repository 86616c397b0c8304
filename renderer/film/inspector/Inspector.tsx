import type { Item, Timeline } from '#core/model/entities.ts';
import { useOpenProject } from '../../client/project.ts';
import { useFilmState } from '../filmSession.ts';
import { CaptionInspector } from './CaptionInspector.tsx';
import { ClipInspector } from './ClipInspector.tsx';
import { MarkerInspector } from './MarkerInspector.tsx';
import { SeveralInspector } from './SeveralInspector.tsx';
import { TimelineInspector } from './TimelineInspector.tsx';
import { TitleInspector } from './TitleInspector.tsx';
import { TransitionInspector } from './TransitionInspector.tsx';

/** What is selected, and nothing else. */
export function Inspector({ timeline }: { timeline: Timeline }) {
  return (
    <section
      aria-label="Inspector"
      className="@container flex min-h-0 grow flex-col divide-y divide-line overflow-y-auto bg-panel"
    >
      <Selected timeline={timeline} />
    </section>
  );
}

function Selected({ timeline }: { timeline: Timeline }) {
  const { project } = useOpenProject();
  const selection = useFilmState((state) => state.selection);
  const focused = useFilmState((state) => state.focused);
  const items = [...selection].flatMap((id) => project.item(id) ?? []);
  const transitions = [...selection].flatMap((id) => project.find('transition', id) ?? []);
  const [marker] = [...selection].flatMap((id) => project.find('marker', id) ?? []);
  const [first] = items;
  if (first === undefined && marker !== undefined) {
    return <MarkerInspector key={marker.id} marker={marker} timeline={timeline} />;
  }
  if (first === undefined) {
    return transitions.length === 0 ? (
      <TimelineInspector timeline={timeline} />
    ) : (
      <TransitionInspector
        key={transitions.map(({ id }) => id).join()}
        transitions={transitions}
        timeline={timeline}
      />
    );
  }
  if (!areOne(items)) return <SeveralInspector items={items} timeline={timeline} />;
  const item = items.find((one) => one.id === focused) ?? first;
  switch (item.kind) {
    case 'clip':
      return <ClipInspector key={item.id} timeline={timeline} clip={item} />;
    case 'graphic':
      return <TitleInspector key={item.id} timeline={timeline} graphic={item} />;
    case 'cue':
      return <CaptionInspector key={item.id} timeline={timeline} cue={item} />;
  }
}

/** Whether items are one thing to a person: one item, or a picture with its sound. */
function areOne(items: readonly Item[]): boolean {
  const [first, ...rest] = items;
  return rest.every(
    (item) =>
      item.kind === 'clip' &&
      first?.kind === 'clip' &&
      item.linkId !== undefined &&
      item.linkId === first.linkId,
  );
}
