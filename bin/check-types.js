// Checks the types while the app loads. The CDK synthesizes when nothing else is left to do (beforeExit), which is after
// the check has passed.
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

// ts-node would keep compiled code in a folder among the temporary files.
process.env.DISABLE_V8_COMPILE_CACHE = '1';

// An error a line, without colours, which the CDK CLI asks for even where its output goes into a file.
const TSC = ['node_modules/typescript-native/bin/tsc', '--pretty', 'false'];

const passed = promisify(execFile)(process.execPath, TSC).catch((error) => {
  console.log(error.stdout.trimEnd() || error.message);
  if (/'.*\b(Safeguard|SwitchedOff)\b.*'/.test(error.stdout)) {
    // By now, the modules behind this one in cdk.json let Node load TypeScript.
    const { words } = require('../lib/config/words');
    console.log(words.report.safeguardType());
  }
  process.exit(1);
});

// A type error may cause any other error: it is reported alone.
process.on('uncaughtException', async (error) => {
  await passed;
  // Config errors name what to change, not where in the code it was found.
  console.error(error.name === 'ConfigError' ? error.message : error);
  process.exit(1);
});
