import { useState } from 'react';
import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import type { Timeline } from '#core/model/entities.ts';
import { EXPORT_PRESETS, type ExportSettings, settingsOfPreset } from '#core/render/settings.ts';
import { frameAt } from '#core/time/rate.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { frameCount, mainTimeline } from '../app/projectFacts.ts';
import { engine } from '../client/engineClient.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { Select } from '../ui/Select.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { asFileName, plural } from '../ui/words.ts';
import { ExportTarget, type Target, targetPath } from './ExportTarget.tsx';
import { closeExport } from './exportState.ts';
import { CAPTIONS, QUALITIES, sizeChoices, sizeKey, sizeOfKey } from './filmChoices.ts';
import { RadioCards } from './RadioCards.tsx';
import { useExportStart } from './useExportStart.ts';

type Extent = 'range' | 'film';
const EXTENTS: { value: Extent; label: string }[] = [
  { value: 'range', label: 'The marked range' },
  { value: 'film', label: 'The whole film' },
];

/** The marked range in frames of the film; null when nothing of it is marked. */
function markedFrames({ format, markedRange }: Timeline, frames: number) {
  if (markedRange === undefined) return null;
  const { in: first, out: last } = markedRange;
  if (first === undefined && last === undefined) return null;
  const startFrame = first === undefined ? 0 : frameAt(first, format.frameRate);
  const endFrame = Math.min(frames, last === undefined ? frames : frameAt(last, format.frameRate));
  return startFrame < endFrame ? { startFrame, endFrame } : null;
}

/** How the film is written, and where. */
export function FilmExportForm() {
  const timeline = useProject(mainTimeline);
  const info = useEngineQuery('app.info', {});
  const name = useProject((project) => project.find('project', PROJECT_OBJECT_ID)?.name ?? '');
  if (timeline === undefined) {
    return <EmptyState title="There is no timeline to export" text="Make one in the film room." />;
  }
  // Without the folder for exports there is nowhere to suggest; the person chooses one.
  if (info.isPending) return null;
  const folder = info.data?.exportsDir ?? '';
  return <Form timeline={timeline} initial={{ folder, name: asFileName(name), force: false }} />;
}

function Form({ timeline, initial }: { timeline: Timeline; initial: Target }) {
  const { projectId } = useOpenProject();
  const frames = useProject((project) => frameCount(project, timeline), [timeline]);
  const hasCaptions = useProject((project) => project.all('cue').length > 0);
  const [presetId, setPresetId] = useRemembered<string>('export.preset', 'youtube-1080p');
  const marked = markedFrames(timeline, frames);
  const [extent, setExtent] = useState<Extent>('range');
  const [changes, setChanges] = useState<Partial<ExportSettings>>({});
  const [target, setTarget] = useState(initial);
  const { fault, exists, isStarting, start, clear } = useExportStart('film');
  const { format } = timeline;
  const preset = EXPORT_PRESETS.find((one) => one.id === presetId) ?? EXPORT_PRESETS[0];
  const settings = preset ? settingsOfPreset(preset.id, format, changes) : null;
  if (preset === undefined || settings === null) return null;
  const size = sizeKey({
    width: settings.width ?? format.width,
    height: settings.height ?? format.height,
  });
  const qualities = QUALITIES.some((one) => one.value === String(settings.crf))
    ? QUALITIES
    : [...QUALITIES, { value: String(settings.crf), label: `CRF ${settings.crf}` }];

  const range = extent === 'range' ? marked : null;
  const written = range === null ? frames : range.endFrame - range.startFrame;

  const begin = (offline?: 'slate') =>
    void start(() =>
      engine.call('film.export', {
        projectId,
        timelineId: timeline.id,
        output: targetPath(target, 'mp4'),
        force: target.force || exists,
        preset: preset.id,
        settings: {
          ...changes,
          ...(range !== null && { range }),
          ...(offline !== undefined && { offline }),
        },
      }),
    );

  return (
    <form
      className="grid gap-x-6 gap-y-4 sm:grid-cols-[17rem_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <RadioCards
        legend="Preset"
        name="preset"
        value={preset.id}
        options={EXPORT_PRESETS}
        onChange={(id) => {
          setPresetId(id);
          setChanges({});
        }}
      />
      <div className="flex min-w-0 flex-col gap-4">
        <ExportTarget
          target={target}
          extension="mp4"
          title="Export film as"
          onChange={(next) => {
            setTarget(next);
            clear();
          }}
        />
        {marked !== null && (
          <Select
            label="What"
            value={extent}
            options={EXTENTS}
            onChange={(next) => setExtent(next)}
          />
        )}
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Size"
            value={size}
            options={sizeChoices(format, sizeOfKey(size))}
            onChange={(key) => setChanges({ ...changes, ...sizeOfKey(key) })}
          />
          <Select
            label="Quality"
            value={String(settings.crf)}
            options={qualities}
            onChange={(crf) => setChanges({ ...changes, crf: Number(crf) })}
          />
        </div>
        {hasCaptions && (
          <Select
            label="Captions"
            value={settings.captions}
            options={CAPTIONS}
            onChange={(captions) => setChanges({ ...changes, captions })}
          />
        )}
        <p className="text-xs text-faint">
          {[
            formatTimecode(written, format.frameRate),
            plural(written, 'frame'),
            size.replace('x', ' × '),
            'H.264 and AAC in MP4',
          ].join(' · ')}
        </p>
        {frames === 0 && (
          <p className="text-sm text-muted">
            The timeline is empty. Put a clip or a title on it first.
          </p>
        )}
        {fault && <FaultMessage fault={fault} />}
        {fault?.code === 'export/media-missing' && (
          <Button className="self-start" onClick={() => begin('slate')}>
            Export with slates in place of missing media
          </Button>
        )}
        <div className="mt-auto flex justify-end gap-2 pt-2">
          <Button look="quiet" onClick={closeExport}>
            Cancel
          </Button>
          <Button
            type="submit"
            look={exists ? 'danger' : 'primary'}
            disabled={frames === 0 || isStarting || target.name.trim() === ''}
          >
            {exists ? 'Replace the file' : 'Export film'}
          </Button>
        </div>
      </div>
    </form>
  );
}
