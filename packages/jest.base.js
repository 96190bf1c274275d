const { availableParallelism } = require('node:os');
const { join } = require('node:path');

// Workers and programs that a test starts inherit it: sentences are tested in English, whatever the machine's locale.
process.env.LC_ALL = 'C';

/** @type {import('jest').Config} */
module.exports = {
  rootDir: join(__dirname, '..'),
  testEnvironment: join(__dirname, 'test/support/process-of-packages.js'),
  runtime: '<rootDir>/tools/test/support/packages-once.js',
  // A suite that deploys waits for much of its time: two cores have work for three.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/tools/test/support/longest-first.js',
  roots: ['<rootDir>/tools/test', '<rootDir>/packages'],
  testMatch: ['**/*.test.ts'],
  // They have a configuration of their own.
  testPathIgnorePatterns: ['/node_modules/', '/tools/test/life-cycle/'],
  // A busy machine is no mistake of a test's, and a test that hangs still ends.
  testTimeout: 60_000,
  // On a busy machine a worker takes longer than Jest's half second to end, and leaks nothing.
  workerGracefulExitTimeout: 10_000,
  // Jest's own place is among the temporary files of the system.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // GitHub's own packages on workflows are modules for bundlers.
  transform: { '^.+\\.ts$': ['@swc/jest'], '/node_modules/@actions/.+\\.js$': ['@swc/jest'] },
  transformIgnorePatterns: ['/node_modules/(?!@actions/)'],
  moduleNameMapper: {
    '^(@actions/[a-z-]+)$': '<rootDir>/node_modules/$1/dist/index.js',
    '^(@actions/[a-z-]+)/(.+)$': '<rootDir>/node_modules/$1/dist/$2.js',
  },
  setupFilesAfterEnv: ['<rootDir>/tools/test/support/use-guide-configs.ts'],
  globalSetup: '<rootDir>/tools/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/tools/test/support/global-teardown.ts',
};
