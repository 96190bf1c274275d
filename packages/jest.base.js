const { join } = require('node:path');

// Workers and programs that a test starts inherit these: sentences are tested in English, whatever the machine's locale, and
// the SDK does not warn of Node 20 (CONTRIBUTING.md, Versions).
process.env.LC_ALL = 'C';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// For these, programs print colours, or work for GitHub: tests say by themselves where a program runs.
for (const name of Object.keys(process.env)) {
  if (/^(CI|FORCE_COLOR|GITHUB_.*|RUNNER_.*)$/.test(name)) delete process.env[name];
}

/** Jest's configuration of a package. */
const base = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  // Jest leaves a core idle by default.
  maxWorkers: '100%',
  // A busy machine is no mistake of a test's, and a test that hangs still ends.
  testTimeout: 60_000,
  // On a busy machine a worker takes longer than Jest's half second to end, and leaks nothing.
  workerGracefulExitTimeout: 10_000,
  // Jest's own place is among the temporary files of the system.
  cacheDirectory: join(__dirname, '../node_modules/.cache/jest'),
};

const support = join(__dirname, 'testing/src');

/** That of a package that knows ProofLink: the app is synthesized once, and no test may leave a temporary file behind. */
const withApp = {
  ...base,
  globalSetup: join(support, 'global-setup.ts'),
  globalTeardown: join(support, 'global-teardown.ts'),
};

/** Its environments are the guide's, whatever a team calls its own in lib/config. */
const withGuide = { ...withApp, setupFilesAfterEnv: [join(support, 'use-guide-configs.ts')] };

/** Its tests read no synthesized app, which takes two seconds. */
const withoutApp = { ...withGuide, globalSetup: join(support, 'run-folder-setup.ts') };

module.exports = { base, withApp, withGuide, withoutApp };
