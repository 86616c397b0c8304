import { registerRoot } from 'remotion';
import './fonts.ts';
import { Root } from './Root.tsx';

registerRoot(Root);
