const { withoutApp } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withoutApp,
  // Commands on a deployed environment take minutes: long.jest.config.js.
  testPathIgnorePatterns: ['/node_modules/', '/test/on-dev/'],
};
