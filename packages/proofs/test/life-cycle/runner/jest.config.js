const { availableParallelism } = require('node:os');
const { join } = require('node:path');
const { withGuide } = require('../../../../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withGuide,
  rootDir: join(__dirname, '..'),
  testMatch: ['<rootDir>/*.test.ts'],
  // A life waits for much of its time: two cores have work for three.
  maxWorkers: availableParallelism() + 1,
  globalSetup: join(__dirname, 'global-setup.ts'),
  testEnvironment: join(__dirname, 'stop-at-failure.js'),
  reporters: ['default', join(__dirname, 'reporter.js')],
  // Longer than three runs of the CLI may take.
  testTimeout: 240_000,
};
