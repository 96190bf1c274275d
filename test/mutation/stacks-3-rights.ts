import { requireTests } from './require-tests';

requireTests(/^rights\/rights\.test\.ts$/);
