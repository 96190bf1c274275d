// The SDK would warn of Node 20 in each command (CONTRIBUTING.md, Versions).
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Loads the TypeScript of commands. sucrase only strips types, which `npm run lint` checks.
require('./compile-cache');
require('sucrase/register/ts');
