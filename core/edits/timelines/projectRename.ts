import { z } from 'zod';
import { defineEdit } from '../definition.ts';

/** The one object that stands for the project itself. */
export const PROJECT_OBJECT_ID = 'project';

/** Names the project; the file keeps its name. */
export const projectRename = defineEdit({
  type: 'project.rename',
  label: 'Rename project',
  summary: 'Gives the project another name; the file keeps its own.',
  parameters: { name: z.string().trim().min(1).max(500) },
  apply(draft, command) {
    if (draft.project.find('project', PROJECT_OBJECT_ID) === undefined) {
      draft.create('project', { name: command.name }, PROJECT_OBJECT_ID);
    } else draft.set<'project'>(PROJECT_OBJECT_ID, { name: command.name });
    return {};
  },
});
