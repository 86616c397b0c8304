import { Plus, Spline, X } from 'lucide-react';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { TimeKey } from '#core/model/sourceRange.ts';
import { subtractFlicks } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { useFilm } from '../filmSession.ts';
import { CurveEditor } from './CurveEditor.tsx';
import { EasingSelect } from './EasingSelect.tsx';
import { curveOf } from './easingWords.ts';
import { TimeInput } from './TimeInput.tsx';
import { useAtPlayhead } from './useAtPlayhead.ts';

/** Source time never overshoots. */
const BETWEEN_THE_KEYS = { min: 0, max: 1 };

type TimeKeysProps = { clip: Clip; timeline: Timeline; scope: 'linked' | 'alone' };

/** Which moment of the source a clip shows when: one line for each key, with the way to the next. */
export function TimeKeys({ clip, timeline, scope }: TimeKeysProps) {
  const { playhead } = useFilm();
  const { retime } = clip.sourceRange;
  const keys = retime?.kind === 'curve' ? retime.keys : [];
  const { isInside } = useAtPlayhead(
    (time) => ({ isInside: time >= itemStart(clip) && time <= itemEnd(clip) }),
    [clip],
  );
  const edit = (command: EditCommand) => void projectStore.edit([command]);
  return (
    <div className="flex flex-col gap-2">
      {keys.length > 0 && (
        <div className="overflow-x-auto">
          <table className="-mx-1 w-[calc(100%+0.5rem)] border-separate border-spacing-x-1 border-spacing-y-0.5 text-xs">
            <caption className="px-1 pb-1 text-left text-xs text-muted">
              Time keys: when the clip shows which moment of its source
            </caption>
            <thead>
              <tr className="text-left text-faint">
                <th scope="col" className="font-normal">
                  In the clip
                </th>
                <th scope="col" className="font-normal">
                  Of the source
                </th>
                <th scope="col" className="w-6">
                  <span className="sr-only">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key, index) => (
                <KeyRows
                  key={`${index}-${keys.length}`}
                  keys={keys}
                  index={index}
                  timeKey={key}
                  timeline={timeline}
                  onEdit={(change) => edit({ ...change, clipId: clip.id, index, scope })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button
        icon={Plus}
        size="small"
        disabled={!isInside}
        title={isInside ? undefined : 'Bring the playhead onto the clip first'}
        className="h-7 self-start"
        onClick={() =>
          edit({
            type: 'timeKey.add',
            clipId: clip.id,
            time: subtractFlicks(playhead.time, itemStart(clip)),
            scope,
          })
        }
      >
        Add a time key here
      </Button>
    </div>
  );
}

type KeyChange =
  | { type: 'timeKey.move'; time?: number; source?: number }
  | { type: 'timeKey.remove' }
  | { type: 'timeKey.setEasing'; easing: TimeKey['easing'] };

function KeyRows(props: {
  keys: readonly TimeKey[];
  index: number;
  timeKey: TimeKey;
  timeline: Timeline;
  onEdit: (change: KeyChange) => void;
}) {
  const { index, keys, timeKey, onEdit } = props;
  const { frameRate } = props.timeline.format;
  const name = `Time key ${index + 1}`;
  const isLast = index === keys.length - 1;
  const isCurve = typeof timeKey.easing !== 'string';
  return (
    <>
      <tr>
        <td className="min-w-[6.25rem]">
          <TimeInput
            aria-label={`${name}: time in the clip`}
            time={timeKey.time}
            frameRate={frameRate}
            onCommit={(time) => onEdit({ type: 'timeKey.move', time })}
          />
        </td>
        <td className="min-w-[6.25rem]">
          <TimeInput
            aria-label={`${name}: moment of the source`}
            time={timeKey.source}
            frameRate={frameRate}
            onCommit={(source) => onEdit({ type: 'timeKey.move', source })}
          />
        </td>
        <td>
          <IconButton
            size="small"
            icon={X}
            label={`Remove time key ${index + 1}`}
            onClick={() => onEdit({ type: 'timeKey.remove' })}
          />
        </td>
      </tr>
      {!isLast && (
        <tr>
          <td colSpan={2} className="pl-6">
            <EasingSelect
              label={`${name}: way to the next`}
              value={timeKey.easing}
              without={['hold']}
              onChange={(easing) =>
                onEdit({ type: 'timeKey.setEasing', easing: easing === 'hold' ? 'linear' : easing })
              }
            />
          </td>
          <td>
            <Popover
              label={`${name}: curve to the next`}
              content={
                <CurveEditor
                  curve={curveOf(timeKey.easing)}
                  values={BETWEEN_THE_KEYS}
                  onCommit={(easing) =>
                    onEdit({
                      type: 'timeKey.setEasing',
                      easing: easing === 'hold' ? 'linear' : easing,
                    })
                  }
                />
              }
            >
              <IconButton
                size="small"
                icon={Spline}
                label={`${name}: edit the curve`}
                disabled={!isCurve}
              />
            </Popover>
          </td>
        </tr>
      )}
    </>
  );
}
