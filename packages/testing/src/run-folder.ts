export { runFolder } from '../../../test/support/run-folder';
