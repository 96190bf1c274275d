import { PassThrough } from 'node:stream';
import { followUntilEnded } from '../../../tools/deploy-local/session';
import type { Life } from './life';
import type { Step } from './live';
import { until } from './until';

/** The keys of `npm run deploy:local -- --app`. */
export const restartsByKey = (life: Life): Step => ({
  name: 'the key r restarts the application, whose log goes on, and q ends the log',
  calls: [
    async () => {
      const keys = new PassThrough();
      const shown: string[] = [];
      const starts = async () => Promise.resolve(shown.filter((line) => line.startsWith('listening on port')));
      const followed = followUntilEnded(life.names, keys, (line) => shown.push(line));
      const { length } = await until(starts, (each) => each.length > 0);
      keys.write('r');
      const again = await until(starts, (each) => each.length > length);
      expect(new Set(again.slice(-2)).size).toBe(2);
      keys.write('q');
      await followed;
    },
  ],
  serves: 'v1',
});
