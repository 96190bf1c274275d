export * as environments from '../../../lib/config';
export { stackId } from '../../../lib/config/names';
export { Part } from '../../../lib/contract';
