export { at, Deployed, deployed } from '../../../test/support/deployed';
