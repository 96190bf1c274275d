const { default: Sequencer } = require('@jest/test-sequencer');

/** By name, and not the slowest first: the next suite is run only if the mutant survived the one before. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => a.path.localeCompare(b.path));
  }
};
