/*
 * Jest's setup of each test file. Tools and lives are tested with the guide's dev and prod, whatever a team calls its
 * environments in lib/config.
 */
const OWN_CONFIGS = 'application|ci|docs|extensions|github|random-configs|reachability|runs|secrets';
const GUIDE_TESTS = new RegExp(`/tools/test/(?!(${OWN_CONFIGS})/)`);

const { testPath = '' } = expect.getState();
if (GUIDE_TESTS.test(testPath)) {
  jest.doMock('../../../../lib/config', () => jest.requireActual<object>('../../../../test/support/configs'));
  jest.doMock('../../../../lib/config/delivery', () =>
    jest.requireActual<object>('../../../../test/support/configs/delivery'),
  );
}
