// Loads TypeScript. Types are checked elsewhere: by the compiler, which starts before the app (cdk.json).
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// From Node 22.8 on: what is compiled stays compiled, most of all aws-cdk-lib.
enableCompileCache?.(join(__dirname, '../node_modules/.cache/node'));
require('sucrase/register/ts');
