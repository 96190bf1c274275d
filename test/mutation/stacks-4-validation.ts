import { requireTests } from './require-tests';

requireTests(/^validation\.test\.ts$/);
