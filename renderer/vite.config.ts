import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Builds the interface alone, from the folder above; the desktop build takes the same settings. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [react(), tailwindcss(), framesWithoutScripts()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // Fonts are files of their own, so that pages may keep to fonts of the same origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
  },
});

/**
 * The frames of foliate-js allow scripts for the sake of an old WebKit. Here none may run in a book: the policy that its
 * pages are served with forbids them, and so do the frames. A version that says it otherwise stops the build.
 */
function framesWithoutScripts(): Plugin {
  return {
    name: 'inkreel:frames-without-scripts',
    transform: {
      filter: { id: /\/foliate-js\/(paginator|fixed-layout)\.js/ },
      handler(code) {
        const safe = code.replaceAll("'allow-same-origin allow-scripts'", "'allow-same-origin'");
        if (safe === code || /['" ]allow-scripts['" ]/.test(safe))
          this.error(
            'foliate-js makes its frames in another way by now: see that no script can run in them.',
          );
        // A window that changes while a page is loading finds it without a body.
        return safe.replace(
          'if (!layout || !this.document) return',
          'if (!layout || !this.document?.body) return',
        );
      },
    },
  };
}
