const { types } = require('node:util');
const { TestEnvironment } = require('jest-environment-node');

/** Tests of Node for objects of any realm, by the global of their class. */
const OF_ANY_REALM = { Date: types.isDate, Error: types.isNativeError };

/**
 * Variables for which programs print colours, or work for GitHub: tests say by themselves where a program runs. Jest gives
 * its workers FORCE_COLOR where its own terminal shows colours.
 */
const VARIABLES_OF_MACHINE = /^(CI|FORCE_COLOR|GITHUB_.*|RUNNER_.*)$/;

/**
 * Jest's environment of a test file, in which packages that are loaded once a process (packages-once.js) behave as those
 * that the file loads by itself: their errors and dates are instances of the file's `Error` and `Date`, and they read the
 * environment variables that a test sets.
 */
module.exports = class extends TestEnvironment {
  #variables = Object.getOwnPropertyDescriptor(process, 'env');

  constructor(config, context) {
    super(config, context);
    const { global } = this;
    for (const name of Object.keys(global.process.env)) {
      if (VARIABLES_OF_MACHINE.test(name)) delete global.process.env[name];
    }
    for (const [name, isOfAnyRealm] of Object.entries(OF_ANY_REALM)) {
      const ofClass = global[name];
      const isInstance = ofClass[Symbol.hasInstance];
      Object.defineProperty(ofClass, Symbol.hasInstance, {
        // Classes that extend it inherit this.
        value(object) {
          return isInstance.call(this, object) || (this === ofClass && isOfAnyRealm(object));
        },
      });
    }
    Object.defineProperty(process, 'env', { configurable: true, get: () => global.process.env });
  }

  async teardown() {
    Object.defineProperty(process, 'env', this.#variables);
    await super.teardown();
  }
};
