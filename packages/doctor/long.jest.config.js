const { withGuide } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withGuide,
  testMatch: ['<rootDir>/test/deployed/**/*.test.ts', '<rootDir>/test/pace/scaled.test.ts'],
};
