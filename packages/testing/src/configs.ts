export { dev, prod } from '../../../test/support/configs';
