import { requireTests } from './require-tests';

requireTests(/^proof\/(rights|delivery-rights|reachability|secrets)\.test\.ts$/);
