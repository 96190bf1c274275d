const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// Node 22.8 and later keep compiled code from one run to the next, most of it aws-cdk-lib's.
enableCompileCache?.(join(__dirname, '../../node_modules/.cache/node'));
