const { globalSetup, ...config } = require('../../../../jest.config');

/**
 * The tests that judge a mutant of the config's rules. They call the rules in their own process, so that Stryker knows
 * which tests reach which mutant and runs no others.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../../../..',
  roots: ['<rootDir>/packages/proofs/test/mutation'],
  testMatch: ['<rootDir>/packages/proofs/test/mutation/rules.suite.ts'],
};
