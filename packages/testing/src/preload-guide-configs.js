// Gives a program that a test starts the guide's dev and prod as its lib/config, as use-guide-configs.ts does in Jest.
const { Module } = require('node:module');

/** Has every later `require` of a file get the exports of another one. */
function replaceModule(file, exports) {
  const replaced = new Module(file);
  replaced.exports = exports;
  replaced.loaded = true;
  require.cache[file] = replaced;
}

replaceModule(require.resolve('../../../lib/config'), require('../../../test/support/configs'));
replaceModule(require.resolve('../../../lib/config/delivery'), require('../../../test/support/configs/delivery'));
