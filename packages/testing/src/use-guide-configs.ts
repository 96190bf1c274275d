/* Jest's setup of a test file on the guide's dev and prod, whatever a team calls its environments in lib/config. */
jest.doMock('../../../lib/config', () => jest.requireActual<object>('./configs'));
jest.doMock('../../../lib/config/delivery', () => jest.requireActual<object>('../../../test/support/configs/delivery'));
