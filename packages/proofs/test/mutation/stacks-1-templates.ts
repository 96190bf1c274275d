import { requireTests } from './require-tests';

// They only read templates: most mutants end here, before a test synthesizes.
requireTests(/^((guide\/guide|app\/create-stacks)|constructs\/.*)\.test\.ts$/);
