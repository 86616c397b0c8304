import { LocateFixed } from 'lucide-react';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { CLIP_PARAMETER_NAMES } from '#core/model/parameters.ts';
import { useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { useFilm } from '../filmSession.ts';
import { BlendGroup, FadesGroup } from './BlendGroup.tsx';
import { Changeable } from './Changeable.tsx';
import { EffectsGroup } from './EffectsGroup.tsx';
import { Group } from './Group.tsx';
import { SoundGroup } from './SoundGroup.tsx';
import { SpeedGroup } from './SpeedGroup.tsx';
import { CropGroup, TransformGroup } from './TransformGroup.tsx';
import { useAtPlayhead } from './useAtPlayhead.ts';

type ClipSettingsProps = {
  pictures: readonly Clip[];
  sounds: readonly Clip[];
  timeline: Timeline;
};

/** All that can be set about clips; about several, what they have in common. */
export function ClipSettings({ pictures, sounds, timeline }: ClipSettingsProps) {
  const lead = pictures.length > 0 ? pictures : sounds;
  const running = useRunning(lead);
  const [picture] = pictures;
  const [sound] = sounds;
  return (
    <>
      <PlayheadNote clips={[...pictures, ...sounds]} />
      {picture !== undefined && (
        <Changeable items={pictures}>
          <TransformGroup pictures={pictures} timeline={timeline} />
          <CropGroup pictures={pictures} timeline={timeline} />
          <BlendGroup pictures={pictures} />
          {pictures.length === 1 && (
            <EffectsGroup clip={picture} of="picture" timeline={timeline} />
          )}
        </Changeable>
      )}
      {sound !== undefined && (
        <Changeable items={sounds}>
          <SoundGroup sounds={sounds} timeline={timeline} />
          {sounds.length === 1 && <EffectsGroup clip={sound} of="sound" timeline={timeline} />}
        </Changeable>
      )}
      {pictures.length + sounds.length > 2 && (
        <Group title="Effects" kind="facts">
          <p className="text-xs text-faint">
            Select one clip to see its effects. The Effects tab on the left adds to all that are
            selected.
          </p>
        </Group>
      )}
      <Changeable items={lead}>
        <FadesGroup clips={lead} timeline={timeline} />
        {running.length > 0 && (
          <SpeedGroup clips={running} timeline={timeline} hasPicture={picture !== undefined} />
        )}
      </Changeable>
    </>
  );
}

/** Clips whose source has a time of its own; a still picture does not. */
function useRunning(clips: readonly Clip[]): Clip[] {
  return useProject(
    (project) =>
      clips.filter(
        ({ assetId }) =>
          assetId === undefined || project.find('asset', assetId)?.facts.mediaKind !== 'image',
      ),
    [clips],
  );
}

/** Where the playhead is not on a clip with keyframes, nothing that has some can be set. */
function PlayheadNote({ clips }: { clips: readonly Clip[] }) {
  const session = useFilm();
  const animated = clips.filter(isAnimated);
  const { isOutside } = useAtPlayhead(
    (time) => ({
      isOutside: animated.some((clip) => time < itemStart(clip) || time > itemEnd(clip)),
    }),
    [clips],
  );
  const [first] = animated;
  if (!isOutside || first === undefined) return null;
  const bring = () => {
    session.player.seek(itemStart(first));
    session.view.reveal(itemStart(first));
  };
  return (
    <div className="flex items-center gap-2 px-3 py-2 text-xs text-muted">
      <p className="min-w-0 grow">The playhead is not on the clip, where its keyframes are set.</p>
      <Button size="small" icon={LocateFixed} onClick={bring}>
        Bring it
      </Button>
    </div>
  );
}

function isAnimated(clip: Clip): boolean {
  const own = CLIP_PARAMETER_NAMES.map((name) => clip[name]);
  const ofEffects = (clip.effects ?? []).flatMap(({ parameters }) => Object.values(parameters));
  return [...own, ...ofEffects].some((value) => typeof value === 'object');
}
