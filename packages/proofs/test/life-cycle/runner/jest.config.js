const { join } = require('node:path');
const tools = require('../../../../jest.base');

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  ...tools,
  roots: [join(__dirname, '..')],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: join(__dirname, 'global-setup.ts'),
  testEnvironment: join(__dirname, 'stop-at-failure.js'),
  reporters: ['default', join(__dirname, 'reporter.js')],
  // Longer than three runs of the CLI may take.
  testTimeout: 240_000,
};
