import { type Animated, valueAt } from '../model/keyframes.ts';
import { type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { childElement, childElements, type XmlElement, xmlElement } from '../xml/xmlElement.ts';
import type { ClipFeature } from './clipFeatures.ts';
import { featuresOf } from './clipFeatures.ts';
import { fcpxmlFlicks, fcpxmlTime, parseFcpxmlTime } from './fcpxmlTimes.ts';
import { type Fraction, flicksOf, minus, plus, secondsOf } from './fraction.ts';
import type { InterchangeClip, InterchangeParameters } from './interchangeTimeline.ts';

/** What the adjustments of a clip depend on. */
export type AdjustContext = {
  kind: 'video' | 'audio';
  /** Shape of the frame: width divided by height. */
  aspect: number;
  /** Own time at which the clip starts. */
  start: Fraction;
};

type Adjusted = Pick<InterchangeClip, 'parameters' | 'fades' | 'blend'>;

/** The elements for transform, opacity, volume and place of the sound, in the order of the format. */
export function adjustElements(clip: Adjusted, context: AdjustContext): XmlElement[] {
  const all =
    context.kind === 'video'
      ? [transform(clip, context), blend(clip, context)]
      : [volume(clip, context), panner(clip)];
  return all.flatMap((element) => element ?? []);
}

/** What of a clip the elements do not say, or not exactly; it is noted. */
export function unsaidFeatures(clip: InterchangeClip, kind: 'video' | 'audio'): ClipFeature[] {
  const { parameters = {} } = clip;
  const isCurved = (...names: (keyof InterchangeParameters)[]) =>
    names.some((name) => {
      const value = parameters[name];
      return typeof value === 'object' && value.keyframes.some(({ easing }) => easing !== 'linear');
    });
  const isAnimated = (...names: (keyof InterchangeParameters)[]) =>
    names.some((name) => typeof parameters[name] === 'object');
  return featuresOf(clip).filter((feature) => {
    if (feature === 'fades') return false;
    if (feature === 'volume') return kind === 'video' || isCurved('gainDb');
    if (feature === 'pan') return kind === 'video' || isAnimated('pan');
    if (feature === 'opacity') return kind === 'audio' || isCurved('opacity');
    if (feature === 'transform') {
      return (
        kind === 'audio' || isAnimated('positionX', 'positionY', 'scaleX', 'scaleY', 'rotation')
      );
    }
    return true;
  });
}

function transform({ parameters = {} }: Adjusted, { aspect }: AdjustContext): XmlElement | null {
  const names = ['positionX', 'positionY', 'scaleX', 'scaleY', 'rotation'] as const;
  if (names.every((name) => parameters[name] === undefined)) return null;
  const at = (name: (typeof names)[number], usual: number) =>
    valueAt(parameters[name] ?? usual, ZERO);
  // Positions are in hundredths of the height of the frame, up; angles run against the clock.
  return xmlElement('adjust-transform', {
    position: `${decimal(at('positionX', 0) * aspect * 100)} ${decimal(-at('positionY', 0) * 100)}`,
    scale: `${decimal(at('scaleX', 1))} ${decimal(at('scaleY', 1))}`,
    rotation: decimal(-at('rotation', 0)),
  });
}

function blend({ parameters = {}, fades }: Adjusted, { start }: AdjustContext): XmlElement | null {
  const { opacity } = parameters;
  const amount = amountParam(opacity, fades, { start, text: decimal });
  if (opacity === undefined && amount === null) return null;
  return xmlElement(
    'adjust-blend',
    { amount: decimal(valueAt(opacity ?? 1, ZERO)) },
    amount === null ? [] : [amount],
  );
}

function volume({ parameters = {}, fades }: Adjusted, { start }: AdjustContext): XmlElement | null {
  const { gainDb } = parameters;
  const text = (value: number) => `${decimal(value)}dB`;
  const amount = amountParam(gainDb, fades, { start, text });
  if (gainDb === undefined && amount === null) return null;
  return xmlElement(
    'adjust-volume',
    { amount: text(valueAt(gainDb ?? 0, ZERO)) },
    amount === null ? [] : [amount],
  );
}

function panner({ parameters = {} }: Adjusted): XmlElement | null {
  const { pan } = parameters;
  if (pan === undefined) return null;
  // Mode 1 is between left and right.
  return xmlElement('adjust-panner', { mode: '1', amount: decimal(valueAt(pan, ZERO) * 100) });
}

function amountParam(
  animated: Animated | undefined,
  fades: InterchangeClip['fades'],
  { start, text }: { start: Fraction; text: (value: number) => string },
): XmlElement | null {
  const fade = (name: string, duration: Flicks | undefined) =>
    duration === undefined || duration === 0
      ? []
      : [xmlElement(name, { type: 'linear', duration: fcpxmlFlicks(duration) })];
  const keyframes =
    typeof animated === 'object'
      ? [
          xmlElement(
            'keyframeAnimation',
            {},
            animated.keyframes.map(({ time, value }) =>
              xmlElement('keyframe', {
                time: fcpxmlTime(plus(start, secondsOf(time))),
                value: text(value),
                curve: 'linear',
              }),
            ),
          ),
        ]
      : [];
  const children = [...fade('fadeIn', fades?.in), ...fade('fadeOut', fades?.out), ...keyframes];
  return children.length === 0 ? null : xmlElement('param', { name: 'amount' }, children);
}

/** Six decimals at most, never with an exponent. */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)) + 0);
}

/** The names of the elements that `adjustElements` makes. */
export const ADJUSTMENTS: readonly string[] = [
  'adjust-transform',
  'adjust-blend',
  'adjust-volume',
  'adjust-panner',
];

/** What the adjustments of a clip say. Numbers beyond what the model allows are cut there, which `isCut` tells. */
export function readAdjustments(
  element: XmlElement,
  context: AdjustContext,
): Adjusted & { isCut: boolean } {
  const limits = { isCut: false };
  const read: [keyof InterchangeParameters, Animated | null][] = [];
  let fades: InterchangeClip['fades'];
  for (const name of context.kind === 'video' ? ['adjust-blend'] : ['adjust-volume']) {
    const found = childElement(element, name);
    if (found === undefined) continue;
    const amount = amountOf(found, context, limits);
    read.push([context.kind === 'video' ? 'opacity' : 'gainDb', amount.animated]);
    fades = amount.fades ?? fades;
  }
  if (context.kind === 'video') read.push(...readTransform(element, context, limits));
  const pan = childElement(element, 'adjust-panner');
  if (context.kind === 'audio' && pan !== undefined) {
    const amount = Number(pan.attributes.get('amount') ?? '0') / 100;
    read.push(['pan', limited(amount, [-1, 1, 0], limits)]);
  }
  const parameters = Object.fromEntries(
    read.filter(([name, value]) => value !== null && value !== USUAL[name]),
  ) as InterchangeParameters;
  return {
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(fades === undefined ? {} : { fades }),
    isCut: limits.isCut,
  };
}

const USUAL: Readonly<Partial<Record<keyof InterchangeParameters, number>>> = {
  opacity: 1,
  gainDb: 0,
  pan: 0,
  positionX: 0,
  positionY: 0,
  scaleX: 1,
  scaleY: 1,
  rotation: 0,
};

function readTransform(
  element: XmlElement,
  { aspect }: AdjustContext,
  limits: { isCut: boolean },
): [keyof InterchangeParameters, Animated | null][] {
  const found = childElement(element, 'adjust-transform');
  if (found === undefined || found.attributes.get('enabled') === '0') return [];
  const pair = (name: string, usual: string) =>
    (found.attributes.get(name) ?? usual).trim().split(/\s+/).map(Number);
  const [x = 0, y = 0] = pair('position', '0 0');
  const [scaleX = 1, scaleY = 1] = pair('scale', '1 1');
  const [rotation = 0] = pair('rotation', '0');
  return [
    ['positionX', limited(x / 100 / aspect, [-20, 20, 0], limits)],
    ['positionY', limited(-y / 100 + 0, [-20, 20, 0], limits)],
    ['scaleX', limited(scaleX, [0, 100, 1], limits)],
    ['scaleY', limited(scaleY, [0, 100, 1], limits)],
    ['rotation', limited(-rotation + 0, [-36_000, 36_000, 0], limits)],
  ];
}

function limited(
  value: number,
  [least, most, usual]: readonly [number, number, number],
  limits: { isCut: boolean },
): number {
  if (value >= least && value <= most) return value;
  limits.isCut = true;
  return Number.isNaN(value) ? usual : Math.max(least, Math.min(most, value));
}

function amountOf(
  element: XmlElement,
  { kind, start }: AdjustContext,
  limits: { isCut: boolean },
): { animated: Animated | null; fades: InterchangeClip['fades'] } {
  const range = kind === 'video' ? ([0, 1, 1] as const) : ([-96, 24, 0] as const);
  const number = (text: string) => {
    const bare = text.trim().replace(/dB$/i, '');
    return limited(bare === '-inf' ? -96 : Number(bare), range, limits);
  };
  const param = childElements(element, 'param').find(
    (each) => (each.attributes.get('name') ?? '').toLowerCase() === 'amount',
  );
  const fade = (name: string) => {
    const found = param === undefined ? undefined : childElement(param, name);
    const seconds = parseFcpxmlTime(found?.attributes.get('duration') ?? '0s');
    const time = seconds === null ? null : flicksOf(seconds);
    return time === null || time < 0 ? ZERO : time;
  };
  const fades = { in: fade('fadeIn'), out: fade('fadeOut') };
  const animation = param === undefined ? undefined : childElement(param, 'keyframeAnimation');
  const keyframes = (animation === undefined ? [] : childElements(animation, 'keyframe'))
    .flatMap((keyframe) => {
      const at = parseFcpxmlTime(keyframe.attributes.get('time') ?? '');
      const time = at === null ? null : flicksOf(minus(at, start));
      const value = number(keyframe.attributes.get('value') ?? '');
      return time === null ? [] : [{ time, value, easing: 'linear' as const }];
    })
    .sort((a, b) => subtractFlicks(a.time, b.time))
    .filter((keyframe, index, all) => keyframe.time !== all[index - 1]?.time)
    .slice(0, 10_000);
  const usual = kind === 'video' ? '1' : '0dB';
  return {
    animated:
      keyframes.length > 0 ? { keyframes } : number(element.attributes.get('amount') ?? usual),
    fades: fades.in === 0 && fades.out === 0 ? undefined : fades,
  };
}
