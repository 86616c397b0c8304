import { describe, expect, it } from 'vitest';
import { type StudioResponder, studioAnswer } from './studioAnswer.ts';

const page: StudioResponder = () =>
  Promise.resolve(
    new Response('<p>', {
      headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" },
    }),
  );

describe('studioAnswer', () => {
  it('passes on what the engine answers', async () => {
    const response = await studioAnswer(new Request('inkreel-app://studio/'), page);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>');
  });

  it('answers for no other host and to no writing', async () => {
    const other = await studioAnswer(new Request('inkreel-app://elsewhere/'), page);
    expect(other.status).toBe(404);
    const written = await studioAnswer(
      new Request('inkreel-app://studio/', { method: 'POST', body: 'x' }),
      page,
    );
    expect(written.status).toBe(405);
  });

  it('shows no document that came without a content policy', async () => {
    for (const type of ['text/html; charset=utf-8', 'application/xhtml+xml', 'image/svg+xml']) {
      const response = await studioAnswer(new Request('inkreel-app://studio/x'), () =>
        Promise.resolve(new Response('<p>secret', { headers: { 'content-type': type } })),
      );
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('secret');
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    }
  });

  it('lets media pass without one', async () => {
    const response = await studioAnswer(new Request('inkreel-app://studio/media/a/b'), () =>
      Promise.resolve(
        new Response('sound', { status: 206, headers: { 'content-type': 'audio/wav' } }),
      ),
    );
    expect(response.status).toBe(206);
  });
});
