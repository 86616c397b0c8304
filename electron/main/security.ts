import { app, type Session, type WebContents } from 'electron';
import { openExternally } from './openExternal.ts';
import { isBookPage, isStudioPage, mayLoad } from './studioAddress.ts';

/** Applies to every page that is ever made: it stays where it is, opens nothing and embeds pages of books alone. */
export function guardPages(report: (error: unknown) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    guardPage(contents, report);
  });
}

function guardPage(contents: WebContents, report: (error: unknown) => void): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame ? isStudioPage(event.url) : isBookPage(event.url)) return;
    event.preventDefault();
    if (event.isMainFrame) openExternally(event.url).catch(report);
  });
  contents.on('will-redirect', (event) => {
    if (!isStudioPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url).catch(report);
    return { action: 'deny' };
  });
}

/** Denies pages everything that is not needed: permissions, devices, the network, downloads. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayLoad(details.url) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  // Where Chromium brings its own spelling dictionaries it would fetch them from a server without asking. This
  // address gives none, so the system's dictionaries serve and nothing leaves the computer.
  session.setSpellCheckerDictionaryDownloadURL('inkreel-app://studio/dictionaries/');
}
