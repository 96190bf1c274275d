const { TestEnvironment } = require('jest-environment-node');

/** Jest's environment of a life: runs the tests of a file until one fails, as the later ones would say the same. */
module.exports = class extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#failed = true;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
  }
};
