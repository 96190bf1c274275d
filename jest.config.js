// Sentences are tested in English, whatever the machine's locale.
process.env.LC_ALL = 'C';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  // Jest leaves a core idle by default.
  maxWorkers: '100%',
  // Jest's own place is among the temporary files of the system.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
};
