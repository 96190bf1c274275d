const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites that take longest, in order. Where Jest has no times yet, as in a fresh clone, it would begin with the longest file,
 * and one worker would still run such a suite when the others have nothing left.
 */
const LONGEST = [
  'life-cycle/rehearsal',
  'life-cycle/prod',
  'life-cycle/moving-in',
  'life-cycle/failed-first-deploy',
  'life-cycle/moving-in-dev',
  'life-cycle/restoring',
  'life-cycle/local-deployment',
  'life-cycle/refused-changes',
  'on-dev/dev',
  'health/dev',
  'local/session',
  'random-configs/allowed-changes',
  'health/stuck-stack',
  'changed-by-hand/hand',
  'random-configs/each-field',
  'health/prod',
  'test/rollbacks',
  'extensions/extensions',
  'test/services',
  'random-configs/random',
  'repository/renew',
  'test/sidecars',
  'review/every-value',
  'review/pairs',
  'test/service-deployments',
  'random-configs/fresh-clone',
  'prepare/prepare',
  'test/ends',
  'rehearse/app',
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
