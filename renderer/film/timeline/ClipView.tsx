import { Captions, Layers, Type } from 'lucide-react';
import { memo } from 'react';
import type { Item, TrackKind } from '#core/model/entities.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { AssetStatus } from '../mediaStatus.ts';
import { itemName, speedWords } from '../words.ts';
import { ClipFades } from './ClipFades.tsx';
import { Filmstrip } from './Filmstrip.tsx';
import { Waveform } from './Waveform.tsx';

export type ClipViewProps = {
  item: Item;
  kind: TrackKind;
  label: string;
  left: number;
  width: number;
  height: number;
  flicksPerPixel: number;
  /** Pixels of the clip that are mounted, from its left edge. */
  from: number;
  to: number;
  status: AssetStatus | undefined;
  isSelected: boolean;
  isFocused: boolean;
  isGhosted: boolean;
};

const COLOURS: Record<TrackKind, string> = {
  video: 'bg-track-video',
  audio: 'bg-track-audio',
  graphics: 'bg-track-graphics',
  caption: 'bg-track-caption',
};
const NAME_PX = 18;
const NARROWEST_WITH_NAME_PX = 28;

/** The element of an item, for `aria-activedescendant`. */
export function clipElementId(itemId: string): string {
  return `clip-${itemId}`;
}

/** One item on its lane. */
export const ClipView = memo(function ClipView(props: ClipViewProps) {
  const { item, kind, left, width, height, isSelected, isFocused } = props;
  const isTall = kind === 'video' || kind === 'audio';
  const isNest = item.kind === 'clip' && item.nestedTimelineId !== undefined;
  const colour = isNest ? 'bg-track-nested' : COLOURS[kind];
  const speed = item.kind === 'clip' ? speedWords(item) : null;
  const fileState = stateOfFile(props.status);
  return (
    <div
      id={clipElementId(item.id)}
      role="option"
      aria-selected={isSelected}
      aria-label={props.label}
      className={classes(
        'absolute top-0 overflow-hidden rounded-sm text-on-track',
        colour,
        item.disabled === true && 'opacity-45 grayscale',
        props.isGhosted && 'opacity-35',
      )}
      style={{ left, width, height }}
    >
      {isTall && <ClipPicture {...props} />}
      {item.kind === 'clip' && item.fades !== undefined && (
        <ClipFades
          fades={item.fades}
          {...{ width, height, flicksPerPixel: props.flicksPerPixel }}
        />
      )}
      {width >= NARROWEST_WITH_NAME_PX && (
        <div
          className={classes(
            'pointer-events-none absolute top-0 right-0 flex items-center gap-1 px-1.5',
            colour,
          )}
          style={{
            height: isTall ? NAME_PX : height,
            left: `clamp(0px, var(--view-left) - ${left}px, ${Math.max(0, width - NARROWEST_WITH_NAME_PX)}px)`,
          }}
        >
          {isNest && <Icon icon={Layers} size={12} />}
          {kind === 'graphics' && <Icon icon={Type} size={12} />}
          {kind === 'caption' && <Icon icon={Captions} size={12} />}
          <span className="truncate text-[0.6875rem] leading-4">{itemName(item)}</span>
          {speed !== null && <Badge>{speed}</Badge>}
          {fileState !== null && <Badge tone="danger">{fileState}</Badge>}
        </div>
      )}
      <div
        className={classes(
          'pointer-events-none absolute inset-0 rounded-sm border',
          isSelected ? 'border-2 border-accent' : 'border-black/25',
          isFocused &&
            'group-focus-visible/clips:outline-2 group-focus-visible/clips:-outline-offset-4 group-focus-visible/clips:outline-focus',
        )}
      />
    </div>
  );
});

function ClipPicture(props: ClipViewProps) {
  const { item, kind, height, flicksPerPixel, from, to, status } = props;
  if (item.kind !== 'clip' || status === undefined) return null;
  const place = { clip: item, height: height - NAME_PX, flicksPerPixel, from, to };
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0" style={{ top: NAME_PX }}>
      {kind === 'video' && status.thumbnails !== null && (
        <Filmstrip strip={status.thumbnails} {...place} />
      )}
      {kind === 'audio' && status.peaks !== null && <Waveform peaks={status.peaks} {...place} />}
    </div>
  );
}

/** What is wrong with the file of a clip, in a word. */
export function stateOfFile(status: AssetStatus | undefined): 'Missing' | 'Changed' | null {
  if (status === undefined || status.state === 'online') return null;
  return status.state === 'changed' ? 'Changed' : 'Missing';
}

function Badge({ tone, children }: { tone?: 'danger'; children: string }) {
  return (
    <span
      className={classes(
        'ml-auto flex-none rounded-sm bg-app px-1 text-[0.6875rem] leading-4 tabular-nums',
        tone === 'danger' ? 'text-danger' : 'text-muted',
      )}
    >
      {children}
    </span>
  );
}
