const { types } = require('node:util');
const { TestEnvironment } = require('jest-environment-node');

/** Tests of Node for objects of any realm, by the global of their class. */
const OF_ANY_REALM = { Date: types.isDate, Error: types.isNativeError };

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
    // Jest's workers have it where Jest's own terminal shows colours: programs that a test starts would print them.
    delete global.process.env.FORCE_COLOR;
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
