import { requireTests } from './require-tests';

requireTests(/^config\/.*\.test\.ts$/);
