// Checks the types while the app loads. The CDK synthesizes when nothing else is left to do (beforeExit), which is after
// the check has passed.
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

const passed = promisify(execFile)(process.execPath, ['node_modules/typescript-native/bin/tsc']).catch((error) => {
  console.log(error.stdout.trimEnd() || error.message);
  process.exit(1);
});

// A type error may cause any other error: it is reported alone.
process.on('uncaughtException', async (error) => {
  await passed;
  // Config errors name what to change, not where in the code it was found.
  console.error(error.name === 'ConfigError' ? error.message : error);
  process.exit(1);
});
