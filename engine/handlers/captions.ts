import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { captionCommands } from '#core/captions/captionCommands.ts';
import { readCaptionFile } from '../captions/readCaptionFile.ts';
import { writeCaptionFile } from '../captions/writeCaptionFile.ts';
import type { Services } from '../services.ts';
import { findTimeline } from './findTimeline.ts';
import type { HandlersOf } from './handlers.ts';

export function captionHandlers(services: Services): HandlersOf<'captions'> {
  const { projects, emit } = services;
  return {
    'captions.import': async ({ projectId, path, timelineId, trackId, language }) => {
      const file = projects.need(projectId);
      const reading = await readCaptionFile(resolve(path));
      const timeline = findTimeline(file, timelineId);
      const { commands, losses } = captionCommands(file.project, timeline, reading.cues, {
        newTrackId: randomUUID(),
        trackId,
        language,
      });
      if (commands.length > 0) {
        const { revision, writes } = file.edit(commands);
        emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
      }
      const cues = commands.filter((command) => command.type === 'caption.add').length;
      return { cues, losses: [...reading.losses, ...losses] };
    },
    'captions.export': ({ projectId, path, timelineId, trackId, language, force }) => {
      const file = projects.need(projectId);
      const timeline = findTimeline(file, timelineId);
      return writeCaptionFile(
        file.project,
        timeline.id,
        { output: resolve(path), force },
        { trackId, language },
      );
    },
  };
}
