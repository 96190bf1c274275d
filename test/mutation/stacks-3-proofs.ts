import { requireTests } from './require-tests';

requireTests(/^proof\/rights\.test\.ts$/);
