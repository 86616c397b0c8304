import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/literata/opsz.css';
import '@fontsource-variable/literata/wght-italic.css';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/500.css';
import './theme/theme.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { APP_COMMANDS } from './app/appCommands.ts';
import { onShortcut, registerCommands } from './app/commands.ts';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { tellJobEnd, tellLeftOver } from './app/jobEnd.ts';
import { openNamedProject } from './app/launch.ts';
import { followShell } from './app/shellEvents.ts';
import { guardUnsaved } from './app/unsaved.ts';
import { onReturn } from './client/connection.ts';
import { engine } from './client/engineClient.ts';
import { followJobs, loadJobs } from './client/jobsStore.ts';
import { followProject } from './client/project.ts';
import { queryClient } from './client/query.ts';
import { startTheme } from './ui/theme.ts';

startTheme();
followProject();
followJobs(engine, { onEnd: tellJobEnd, onLoad: tellLeftOver });
onReturn(() => {
  void loadJobs(engine);
  void queryClient.invalidateQueries();
});
followShell();
openNamedProject();
guardUnsaved();
registerCommands(APP_COMMANDS);
window.addEventListener('keydown', onShortcut);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the interface.');
createRoot(root).render(
  <ErrorBoundary what="Inkreel">
    <App />
  </ErrorBoundary>,
);
