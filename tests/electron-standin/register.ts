/*
 * Loaded before the built main process (`node --import`): from here on `electron` is the stand-in, for the program and
 * for every package it uses.
 */
import { registerHooks } from 'node:module';
import { serveControls } from './control.ts';

const standin = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron'
      ? { url: standin, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});
serveControls();
