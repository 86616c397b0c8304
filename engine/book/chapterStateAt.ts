import { type Block, blocksSchema } from '#core/book/manuscript.ts';
import { refuse } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { ProjectFile } from '../project/projectFile.ts';

/** Title and text of a chapter after a revision. Refuses `book/no-such-state`. */
export function chapterStateAt(
  file: ProjectFile,
  chapterId: string,
  revision: number,
): { title: string; blocks: Block[] } {
  const writes = file
    .registersAt(chapterId, revision)
    .filter(({ register }) => register !== 'deleted');
  const chapter = new Project(writes).find('chapter', chapterId);
  const blocks = blocksSchema.safeParse(chapter?.blocks);
  if (chapter === undefined || !blocks.success) {
    refuse(
      'book/no-such-state',
      'That state of the chapter is not in the history of this project. Choose another one.',
      { chapterId, revision },
    );
  }
  return { title: chapter.title, blocks: blocks.data };
}
