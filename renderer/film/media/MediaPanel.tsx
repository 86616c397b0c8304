import type { Timeline } from '#core/model/entities.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { EffectsShelf } from '../effects/EffectsShelf.tsx';
import { CaptionList } from './CaptionList.tsx';
import { MediaBin } from './MediaBin.tsx';
import { TitleShelf } from './TitleShelf.tsx';

type Tab = 'media' | 'titles' | 'effects' | 'captions';

/** What a film is made of: files, titles, effects, captions. */
export function MediaPanel({ timeline }: { timeline: Timeline }) {
  const [tab, setTab] = useRemembered<Tab>('film.panel', 'media');
  return (
    <section aria-label="Media" className="flex min-h-0 grow flex-col bg-panel">
      <Tabs
        label="Material"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'media', label: 'Media', content: <MediaBin /> },
          { value: 'titles', label: 'Titles', content: <TitleShelf timeline={timeline} /> },
          { value: 'effects', label: 'Effects', content: <EffectsShelf /> },
          { value: 'captions', label: 'Captions', content: <CaptionList timeline={timeline} /> },
        ]}
      />
    </section>
  );
}
