const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const config = require('../../../../jest.config');

// Within Stryker's sandbox, which it deletes: a mutant that hangs is killed before it cleans up.
process.env.TMPDIR = join(__dirname, '../../../../.stryker');
mkdirSync(process.env.TMPDIR, { recursive: true });

/**
 * The tests that judge a mutant of stacks, constructs and values. Most read the templates: each mutant is a synth.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../../..',
  roots: ['<rootDir>/tools/test/mutation'],
  testMatch: ['<rootDir>/tools/test/mutation/stacks-*.ts'],
  testSequencer: '<rootDir>/tools/test/mutation/in-order.js',
  globalSetup: '<rootDir>/tools/test/mutation/global-setup.ts',
};
