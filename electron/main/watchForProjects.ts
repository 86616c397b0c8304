import { app } from 'electron';
import { isFile, projectAtPath, projectInArguments, projectInLink } from './openFile.ts';

/** A project that somebody asked for from outside; null when Inkreel was only called to the front. */
export type ProjectRequest = string | null;

/** Requests from outside: first those that came before anyone took them, then each as it comes. */
export interface ProjectRequests {
  take(taker: (request: ProjectRequest) => void): void;
}

/**
 * Listens for projects opened from outside: named on the command line, by a second start of Inkreel, by the file
 * manager of a Mac, or by a link. What is not a project file that exists is dropped.
 */
export function watchForProjects(): ProjectRequests {
  const waiting: ProjectRequest[] = [];
  let taker: ((request: ProjectRequest) => void) | null = null;
  const pass = (request: ProjectRequest) => {
    if (taker === null) waiting.push(request);
    else taker(request);
  };
  const passFile = async (path: string | null) => {
    if (path !== null && (await isFile(path))) pass(path);
  };
  void passFile(projectInArguments(process.argv, process.cwd()));
  app.on('second-instance', (_event, argumentList, workingFolder) => {
    pass(null);
    void passFile(projectInArguments(argumentList, workingFolder));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void passFile(projectAtPath(path, '/'));
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    void passFile(projectInLink(link));
  });
  return {
    take: (next) => {
      taker = next;
      for (const request of waiting.splice(0)) next(request);
    },
  };
}
