import { requireTests } from './require-tests';

requireTests(/^app\/validation\.test\.ts$/);
