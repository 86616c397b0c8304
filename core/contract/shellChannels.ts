/** Channels between the desktop shell and its windows. Apart from the schemas, because a window's preload carries this. */
export const SHELL_CHANNELS = {
  call: 'inkreel:call',
  event: 'inkreel:event',
  shellEvent: 'inkreel:shell-event',
  chooseToOpen: 'inkreel:choose-to-open',
  chooseToSave: 'inkreel:choose-to-save',
  showInFolder: 'inkreel:show-in-folder',
  restartToUpdate: 'inkreel:restart-to-update',
} as const;

/** Address of the interface inside the desktop shell; media lies below it as over HTTP. */
export const APP_ORIGIN = 'inkreel-app://studio';
