import type { Project } from '#core/model/project.ts';
import type { ProjectRoom } from './place.ts';

/** The room where the work of a project is: the book when there is a book and nothing on a timeline. */
export function roomOf(project: Project): ProjectRoom {
  const isCut = project.all('clip').length > 0 || project.all('graphic').length > 0;
  return project.all('book').length > 0 && !isCut ? 'book' : 'film';
}
