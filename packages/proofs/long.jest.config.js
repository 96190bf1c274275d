const { withApp } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withApp,
  testMatch: ['<rootDir>/test/{extensions,operate,random-configs}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/each-field'],
};
