// Loads the TypeScript of commands. sucrase only strips types, which `npm run lint` checks.
require('./compile-cache');
require('sucrase/register/ts');
