const { withGuide } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = { ...withGuide, testMatch: ['<rootDir>/test/pace/real-time.test.ts'] };
