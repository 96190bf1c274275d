export {
  deliveredEnvironments,
  everyEnvironment,
  testDelivery,
  type TestEnvironment,
  testEnvironments,
  type TestStack,
} from '../../../test/support/environments';
