import { requireTests } from './require-tests';

requireTests(/^rights\/.*\.test\.ts$/);
