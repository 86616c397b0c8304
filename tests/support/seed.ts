import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is what makes them fail. To look for new cases,
 * give another seed: `INKREEL_SEED=$RANDOM npx vitest run --project unit`.
 */
const seed = Number(process.env['INKREEL_SEED'] ?? '20261120');

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
