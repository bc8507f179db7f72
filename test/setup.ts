import fc from 'fast-check';

/**
 * Properties draw the same examples on every machine, so that a red run can be run again. `FC_SEED=random` (or a
 * number) looks elsewhere: to be done after work on what a property guards.
 */
const asked = process.env.FC_SEED;
const seed = asked === undefined ? 20_261_122 : Number(asked);
if (asked !== 'random') fc.configureGlobal({ seed });
