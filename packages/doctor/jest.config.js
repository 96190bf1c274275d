const { withGuide } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withGuide,
  // Commands on a deployed environment take minutes: long.jest.config.js.
  testPathIgnorePatterns: ['/node_modules/', '/test/(deployed|pace)/'],
};
