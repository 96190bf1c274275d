export { valueAt, withField, withFields } from '../../../test/support/config';
