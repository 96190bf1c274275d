import { untranslated } from '@infra/common/message';
import { runSteps } from '../src/steps';

afterEach(() => jest.restoreAllMocks());

test('a second SIGINT, which npm sends on Ctrl-C, has a listener, too: it would kill the process and leave no cursor', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const onInterrupt = jest.fn();
  const work = () => {
    process.emit('SIGINT');
    process.emit('SIGINT');
    return Promise.resolve();
  };
  await runSteps([{ title: untranslated('a step that Ctrl-C does not end'), work }], onInterrupt);
  expect(onInterrupt).toHaveBeenCalledTimes(2);
  expect(process.listeners('SIGINT')).not.toContain(onInterrupt);
});
