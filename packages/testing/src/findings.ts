export { findings } from '../../../test/support/findings';
