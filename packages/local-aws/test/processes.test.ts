import { killGroup, spawnOwned } from '../src/processes';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a program that did not start gets no signal: one to process group 0 would end the caller itself', () => {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  const program = spawnOwned('/no/such/program', [], {});
  killGroup(program, 'SIGKILL');
  expect(kill).not.toHaveBeenCalled();
});
