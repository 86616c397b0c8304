import type { Wish } from '../wish.ts';
import { AUDIO_WISHES } from './audioWishes.ts';
import { BOOK_WISHES } from './bookWishes.ts';
import { CAPTION_WISHES } from './captionWishes.ts';
import { CUT_WISHES } from './cutWishes.ts';
import { CLIPBOARD_WISHES } from './clipboardWishes.ts';
import { DESIGN_WISHES } from './designWishes.ts';
import { EFFECT_WISHES } from './effectWishes.ts';
import { LIBRARY_WISHES } from './libraryWishes.ts';
import { MANUSCRIPT_WISHES } from './manuscriptWishes.ts';
import { MARKER_WISHES } from './markerWishes.ts';
import { NEST_WISHES } from './nestWishes.ts';
import { PARAMETER_WISHES } from './parameterWishes.ts';
import { PREFLIGHT_WISHES } from './preflightWishes.ts';
import { PROJECT_WISHES } from './projectWishes.ts';
import { RIPPLE_WISHES } from './rippleWishes.ts';
import { TIME_WISHES } from './timeWishes.ts';
import { TRACK_WISHES } from './trackWishes.ts';
import { TITLE_WISHES } from './titleWishes.ts';
import { TRANSITION_WISHES } from './transitionWishes.ts';

/** Every kind of random command of the property tests; a pack of commands adds its own here. */
export const WISHES: Readonly<Record<string, Wish>> = {
  ...AUDIO_WISHES,
  ...PROJECT_WISHES,
  ...BOOK_WISHES,
  ...MANUSCRIPT_WISHES,
  ...PREFLIGHT_WISHES,
  ...LIBRARY_WISHES,
  ...DESIGN_WISHES,
  ...RIPPLE_WISHES,
  ...CUT_WISHES,
  ...TRACK_WISHES,
  ...MARKER_WISHES,
  ...PARAMETER_WISHES,
  ...EFFECT_WISHES,
  ...CLIPBOARD_WISHES,
  ...TIME_WISHES,
  ...NEST_WISHES,
  ...CAPTION_WISHES,
  ...TRANSITION_WISHES,
  ...TITLE_WISHES,
};
