import { isStudioAddress } from './studioAddress.ts';

/** Answers requests below the app's origin: the interface, its media and derived files. */
export type StudioResponder = (request: Request) => Promise<Response>;

/** What a page gets for a request: only reads, only from our origin, and no document without a content policy. */
export async function studioAnswer(request: Request, respond: StudioResponder): Promise<Response> {
  if (!isStudioAddress(request.url)) return plainAnswer(404, 'There is nothing here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plainAnswer(405, 'Only reading is possible here.');
  }
  const response = await respond(request);
  const isDocument = /\b(html|xml|svg)\b/i.test(response.headers.get('content-type') ?? '');
  if (isDocument && !response.headers.has('content-security-policy')) {
    await response.body?.cancel();
    return plainAnswer(500, 'A page without a content policy is not shown.');
  }
  return response;
}

/** A sentence in place of what was asked for. */
export function plainAnswer(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    },
  });
}
