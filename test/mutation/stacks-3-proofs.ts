import { requireTests } from './require-tests';

requireTests(/^proof\/(rights|delivery-rights)\.test\.ts$/);
