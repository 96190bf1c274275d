const { join } = require('node:path');
const root = require('../../../jest.config.js');

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  rootDir: join(__dirname, '../../..'),
  roots: [join(__dirname, '..')],
  globalSetup: join(__dirname, 'global-setup.ts'),
  testEnvironment: join(__dirname, 'stop-at-failure.js'),
  reporters: ['default', join(__dirname, 'reporter.js')],
  // Longer than three runs of the CLI may take.
  testTimeout: 240_000,
};
