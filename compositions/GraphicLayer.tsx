import type { ReactElement } from 'react';
import {
  graphicProgress,
  type OverlayFormat,
  type OverlayLayer,
} from '#core/graphics/graphicKey.ts';
import { resolveFields, type TemplateId } from '#core/graphics/templates.ts';
import { Caption } from './Caption.tsx';
import type { GraphicProps } from './graphicProps.ts';
import { LowerThird } from './LowerThird.tsx';
import { Title } from './Title.tsx';

const DRAWINGS: Record<TemplateId, (props: GraphicProps) => ReactElement | null> = {
  title: Title,
  lowerThird: LowerThird,
  caption: Caption,
};

export type GraphicLayerProps = OverlayFormat & { layer: OverlayLayer };

/** One graphic on one frame, filling a positioned box of `width` × `height` pixels. */
export function GraphicLayer({ layer, width, height, frameRate }: GraphicLayerProps): ReactElement {
  const Drawing = DRAWINGS[layer.template];
  const { enter, exit } = graphicProgress({ ...layer, frameRate });
  const fields = resolveFields(layer.template, layer.fields);
  return <Drawing fields={fields} enter={enter} exit={exit} width={width} height={height} />;
}
