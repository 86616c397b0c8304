import { app } from 'electron';
import { catchUnhandled, createCrashLog } from './crash.ts';
import { chooseFolders } from './folders.ts';
import { LINK_SCHEME } from './openFile.ts';
import { registerStudioScheme } from './protocol.ts';
import { guardPages } from './security.ts';
import { startStudio } from './studio.ts';
import { watchForProjects } from './watchForProjects.ts';

const folders = chooseFolders(process.env);

if (app.requestSingleInstanceLock()) {
  const log = createCrashLog(folders.logsDir);
  catchUnhandled(log);
  registerStudioScheme();
  app.enableSandbox();
  app.setAppUserModelId('studio.inkreel.desktop');
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  guardPages(log.report);
  const projects = watchForProjects();
  startStudio({ folders, projects, report: log.report }).catch((error: unknown) => {
    log.report(error);
    app.exit(1);
  });
} else {
  app.quit();
}
