/*
 * Jest's setup of each test file. Tools and lives are tested with the guide's dev and prod, whatever a team calls its
 * environments in lib/config.
 */
const GUIDE_TESTS = /\/test\/(?:tools|life-cycle)\//;

const { testPath = '' } = expect.getState();
if (GUIDE_TESTS.test(testPath)) {
  jest.doMock('../../lib/config', () => jest.requireActual<object>('./configs'));
  jest.doMock('../../lib/config/delivery', () => jest.requireActual<object>('./configs/delivery'));
}
