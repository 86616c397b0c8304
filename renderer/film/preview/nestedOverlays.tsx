import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { OverlayStack } from '#compositions/OverlayStack.tsx';
import { overlayKey } from '#core/graphics/graphicKey.ts';
import { embeddedFonts } from './embeddedFonts.ts';
import type { Drawable } from './picturePainter.ts';
import type { SceneTree } from './sceneTree.ts';

/** Pictures of titles that are kept: those of an entrance and an exit, and the one between. */
const MOST_PICTURES = 64;

type Kept = { finding: Promise<Drawable | null>; drawable: Drawable | null; isFound: boolean };

/**
 * Titles and captions inside nested timelines as pictures for the canvas, so that they lie between, turn, and blend
 * with the pictures around them. They are the components of the export, drawn by the browser itself.
 */
export class NestedOverlays {
  readonly #kept = new Map<string, Kept>();
  /** What was seen last of each timeline, for a picture that is late. */
  readonly #latest = new Map<string, Drawable | null>();

  /** The picture of a timeline's titles and captions; null where it cannot be drawn. */
  async find(tree: SceneTree): Promise<Drawable | null> {
    const drawable = await this.#of(tree).finding;
    this.#latest.set(tree.key, drawable);
    return drawable;
  }

  /** The same if it is drawn already, else the one before it. */
  peek(tree: SceneTree): { drawable: Drawable | null; isExact: boolean } {
    const { drawable, isFound } = this.#of(tree);
    if (isFound) this.#latest.set(tree.key, drawable);
    return { drawable: this.#latest.get(tree.key) ?? null, isExact: isFound };
  }

  /** Begins to draw what is seen soon. */
  prepare(tree: SceneTree): void {
    this.#of(tree);
  }

  clear(): void {
    this.#kept.clear();
    this.#latest.clear();
  }

  #of(tree: SceneTree): Kept {
    const key = overlayKey(tree.overlays, tree.format);
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const kept = known ?? begun(tree);
    this.#kept.set(key, kept);
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_PICTURES)) this.#kept.delete(oldest);
    return kept;
  }
}

function begun(tree: SceneTree): Kept {
  const kept: Kept = {
    drawable: null,
    isFound: false,
    finding: overlayPicture(tree).then((drawable) => {
      kept.drawable = drawable;
      kept.isFound = true;
      return drawable;
    }),
  };
  return kept;
}

async function overlayPicture(tree: SceneTree): Promise<Drawable | null> {
  const { width, height } = tree.format;
  const markup = markupOf(tree);
  const words = tree.overlays.flatMap(({ fields }) => Object.values(fields)).join('');
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<style>${await embeddedFonts(words)}</style>`,
    `<foreignObject width="${width}" height="${height}">${markup}</foreignObject></svg>`,
  ].join('');
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  const isDrawn = await image.decode().then(
    () => true,
    () => false,
  );
  if (!isDrawn) return null;
  return {
    width,
    height,
    isOpaque: false,
    draw: (context, x, y, w, h) => context.drawImage(image, x, y, w, h),
  };
}

/** The overlays as XHTML, with the type settings of the export's bare page. */
function markupOf({ overlays, format }: SceneTree): string {
  const place = document.createElement('div');
  place.style.textRendering = 'geometricPrecision';
  const root = createRoot(place);
  flushSync(() =>
    root.render(
      <OverlayStack
        layers={overlays}
        width={format.width}
        height={format.height}
        frameRate={format.frameRate}
      />,
    ),
  );
  const markup = new XMLSerializer().serializeToString(place);
  root.unmount();
  return markup;
}
