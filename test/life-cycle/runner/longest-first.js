const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Lives that take longest, in order: where Jest has no times yet, it would begin with the longest file. */
const LONGEST = ['prod', 'moving-in', 'failed-first-deploy', 'moving-in-dev', 'restoring', 'dev', 'refused-changes'];

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) =>
      (LONGEST.indexOf(basename(path, '.test.ts')) + LONGEST.length + 1) % (LONGEST.length + 1);
    return tests.toSorted((one, other) => rank(one) - rank(other));
  }
};
