const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites that take longest, in order. Where Jest has no times yet, as in a fresh clone, it would begin with the longest file,
 * and one worker would still run such a suite when the others have nothing left.
 */
const LONGEST = [
  'life-cycle/rehearsal',
  'life-cycle/prod',
  'life-cycle/moving-in',
  'on-dev/dev',
  'health/dev',
  'local/session',
  'random-configs/allowed-changes',
];

/** Place of a suite in the list; after it, if it is not there. */
function rank({ path }) {
  const index = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return index === -1 ? LONGEST.length : index;
}

module.exports = class extends Sequencer {
  sort(tests) {
    return tests.toSorted((one, other) => rank(one) - rank(other));
  }
};
