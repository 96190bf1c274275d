export { faultsByReference } from '../../../test/support/authorization-reference';
