const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const config = require('../../jest.config');

// Within Stryker's sandbox, which it deletes: a mutant that hangs is killed before it cleans up.
process.env.TMPDIR = join(__dirname, '../../.stryker');
mkdirSync(process.env.TMPDIR, { recursive: true });

/**
 * The tests that judge a mutant of stacks, constructs and values. Most read the templates: each mutant is a synth.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/mutation/stacks-*.ts'],
  testSequencer: '<rootDir>/test/mutation/in-order.js',
  globalSetup: '<rootDir>/test/mutation/global-setup.ts',
  globalTeardown: '<rootDir>/test/mutation/global-teardown.ts',
};
