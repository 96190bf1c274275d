const { withApp } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withApp,
  // Long ones have configurations of their own: long.jest.config.js, and that of the lives.
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/life-cycle/',
    '/test/random-configs/(?!each-field)',
    '/test/extensions/',
    '/test/operate/',
  ],
};
