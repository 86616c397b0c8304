import { protocol, type Session } from 'electron';
import { STUDIO_SCHEME } from './studioAddress.ts';
import { plainAnswer, type StudioResponder, studioAnswer } from './studioAnswer.ts';

/** Makes the app's own scheme behave like https: an origin, a secure context, fetch and streamed media. Before ready. */
export function registerStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: STUDIO_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

/** Serves the app's own scheme to the pages of a session. */
export function serveStudio(
  session: Session,
  respond: StudioResponder,
  report: (error: unknown) => void,
): void {
  session.protocol.handle(STUDIO_SCHEME, async (request) => {
    try {
      return await studioAnswer(request, respond);
    } catch (error) {
      report(error);
      return plainAnswer(500, 'Inkreel could not answer.');
    }
  });
}
