import { useState } from 'react';
import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import type { Timeline, TimelineFormat } from '#core/model/entities.ts';
import { CONTAINERS } from '#core/render/formats.ts';
import { EXPORT_PRESETS } from '#core/render/presets.ts';
import type { ExportOverrides, ExportSettings } from '#core/render/settings.ts';
import { frameAt } from '#core/time/rate.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { frameCount, mainTimeline } from '../app/projectFacts.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { isOver, useJobs } from '../client/jobsStore.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { recall, remember } from '../ui/remembered.ts';
import { Select } from '../ui/Select.tsx';
import { asFileName, plural } from '../ui/words.ts';
import { Estimate } from './Estimate.tsx';
import { ExportTarget } from './ExportTarget.tsx';
import { type Target, targetPath } from './targetPath.ts';
import { closeExport } from './exportState.ts';
import { CAPTIONS } from './filmChoices.ts';
import {
  CUSTOM,
  type FilmDraft,
  readDraft,
  settingsOfDraft,
  specText,
  termsText,
  withSettings,
} from './filmDraft.ts';
import { FilmSettings } from './FilmSettings.tsx';
import { Fold } from './Fold.tsx';
import { MissingMedia } from './MissingMedia.tsx';
import { Choice } from './Choice.tsx';
import { PresetList } from './PresetList.tsx';
import { useExportStart } from './useExportStart.ts';
import { useSettled } from './useSettled.ts';

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

/** The choices of a project, remembered on this computer. */
function useDraft(projectId: string): [FilmDraft, (draft: FilmDraft) => void] {
  const name = `export.film.${projectId}`;
  const [draft, setDraft] = useState(() => readDraft(recall(name, '')));
  return [
    draft,
    (next) => {
      setDraft(next);
      remember(name, JSON.stringify(next));
    },
  ];
}

function Form({ timeline, initial }: { timeline: Timeline; initial: Target }) {
  const { projectId, revision } = useOpenProject();
  const { format } = timeline;
  const frames = useProject((project) => frameCount(project, timeline), [timeline]);
  const hasCaptions = useProject((project) => project.all('cue').length > 0);
  const waiting = useJobs(
    (state) => state.jobs.filter((job) => job.kind === 'export' && !isOver(job)).length,
  );
  const marked = markedFrames(timeline, frames);
  const [draft, setDraft] = useDraft(projectId);
  const [extent, setExtent] = useState<'range' | 'film'>('range');
  const [target, setTarget] = useState(initial);
  const [isUnfolded, setUnfolded] = useState(draft.presetId === CUSTOM);
  const { fault, isStarting, start, clear } = useExportStart();

  const settings = settingsOfDraft(draft, format);
  const { extension, subtitles, name: containerName } = CONTAINERS[settings.container];
  const range = extent === 'range' ? marked : null;
  const written = range === null ? frames : range.endFrame - range.startFrame;
  const hasPicture = settings.videoCodec !== 'none';
  const output = targetPath(target, extension);
  const request = {
    projectId,
    timelineId: timeline.id,
    output,
    ...requestOf(draft, settings.captions),
    ...(range !== null && { range }),
  };
  const asked = useSettled(request);
  const preflight = useEngineQuery('export.preflight', asInput(asked), {
    of: revision,
    keepPrevious: true,
    staleTime: 0,
  }).data;
  const stops = preflight?.stops ?? [];
  const exists = !target.force && [...stops, fault].some((one) => one?.code === 'file/exists');
  const missing = preflight?.missing ?? [];
  const others = stops.filter(
    ({ code }) => code !== 'file/exists' && code !== 'export/media-missing',
  );
  const isMediaMissing = missing.length > 0 && settings.offline === 'refuse';
  const cannot =
    frames === 0 || isStarting || target.name.trim() === '' || others.length > 0 || isMediaMissing;

  const choose = (next: FilmDraft) => {
    setDraft(next);
    clear();
  };
  const begin = () =>
    void start(async () => {
      flushEdits();
      await projectStore.settled();
      return engine.call('film.export', {
        ...asInput(request),
        force: target.force || exists,
      });
    });

  return (
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!cannot) begin();
      }}
    >
      <div className="min-h-0 grow overflow-y-auto sm:grid sm:h-[min(44rem,calc(100dvh-12rem))] sm:grid-cols-[17.5rem_minmax(0,1fr)] sm:overflow-hidden">
        <div className="px-2 pb-4 sm:overflow-y-auto">
          <PresetList
            value={draft.presetId}
            format={format}
            onChange={(presetId) => {
              // One’s own settings begin with those of the preset that was chosen last.
              const isFresh = presetId === CUSTOM && Object.keys(draft.custom).length === 0;
              choose(isFresh ? withSettings(draft, format, {}) : { ...draft, presetId });
              setUnfolded(presetId === CUSTOM);
              setTarget({ ...target, force: false });
            }}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4 px-5 pt-1 pb-5 sm:overflow-y-auto sm:pl-4">
          <Description draft={draft} settings={settings} format={format} />
          <ExportTarget
            target={target}
            extension={extension}
            title="Export film as"
            error={exists ? `A file of this name is there already: ${output}` : undefined}
            onChange={(next) => {
              setTarget(next);
              clear();
            }}
          />
          {(marked !== null || hasCaptions) && (
            <div className="grid items-start gap-3 md:grid-cols-2">
              {marked !== null && (
                <Choice
                  label="What"
                  value={extent}
                  options={[
                    { value: 'range', label: 'Marked range' },
                    { value: 'film', label: 'Whole film' },
                  ]}
                  onChange={setExtent}
                />
              )}
              {hasCaptions && hasPicture && (
                <Select
                  label="Captions"
                  value={settings.captions}
                  options={CAPTIONS.filter(({ value }) => value !== 'soft' || subtitles !== null)}
                  {...(subtitles === null && {
                    hint: `${containerName} has no track for captions.`,
                  })}
                  onChange={(captions) =>
                    choose({ ...draft, beside: { ...draft.beside, captions } })
                  }
                />
              )}
            </div>
          )}
          {missing.length > 0 && (
            <MissingMedia
              names={missing}
              value={settings.offline}
              onChange={(offline) => choose({ ...draft, beside: { ...draft.beside, offline } })}
            />
          )}
          {frames === 0 ? (
            <p className="text-sm text-muted">
              The timeline is empty. Put a clip or a title on it first.
            </p>
          ) : (
            others.map((one) => <FaultMessage key={one.code} fault={one} />)
          )}
          {fault && fault.code !== 'file/exists' && others.length === 0 && (
            <FaultMessage fault={fault} />
          )}
          <Fold
            title="All settings"
            note={draft.presetId === CUSTOM ? '' : 'A change makes it custom'}
            open={isUnfolded}
            onToggle={setUnfolded}
          >
            <FilmSettings
              settings={settings}
              format={format}
              onChange={(change) => choose(withSettings(draft, format, change))}
            />
          </Fold>
        </div>
      </div>
      <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-b-lg bg-raised px-5 py-3">
        <Estimate
          length={`${formatTimecode(written, format.frameRate)} · ${plural(written, 'frame')}`}
          preflight={frames === 0 ? undefined : preflight}
          waiting={waiting}
        />
        <div className="ml-auto flex flex-none gap-2">
          <Button look="quiet" onClick={closeExport}>
            Cancel
          </Button>
          <Button type="submit" look={exists ? 'danger' : 'primary'} disabled={cannot}>
            {exists ? 'Replace the file' : waiting > 0 ? 'Add to the queue' : 'Export film'}
          </Button>
        </div>
      </footer>
    </form>
  );
}

/** What is sent of a draft: a preset with what was chosen beside it, or all settings of one’s own. */
function requestOf(draft: FilmDraft, captions: ExportOverrides['captions']) {
  const settings = { ...draft.beside, ...(draft.beside.captions !== undefined && { captions }) };
  return draft.presetId === CUSTOM
    ? { settings: { ...draft.custom, ...settings } }
    : { preset: draft.presetId, settings };
}

function asInput({
  range,
  settings,
  ...rest
}: {
  projectId: string;
  timelineId: string;
  output: string;
  preset?: string;
  settings: ExportOverrides;
  range?: { startFrame: number; endFrame: number };
}) {
  return { ...rest, settings: { ...settings, ...(range !== undefined && { range }) } };
}

type DescriptionProps = { draft: FilmDraft; settings: ExportSettings; format: TimelineFormat };

/** What is chosen, in plain words. */
function Description({ draft, settings, format }: DescriptionProps) {
  const preset = EXPORT_PRESETS.find(({ id }) => id === draft.presetId);
  const terms = termsText(settings, preset);
  return (
    <div>
      <h3 className="text-base font-medium">{preset?.name ?? 'Custom'}</h3>
      <p className="text-sm text-muted">
        {preset?.description ?? 'Settings of your own, remembered for this project.'}
      </p>
      <p className="mt-0.5 text-xs text-faint tabular-nums">
        {specText(settings, format)}
        {terms !== '' && ` · ${terms}`}
      </p>
    </div>
  );
}
