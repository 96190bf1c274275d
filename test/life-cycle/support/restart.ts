import { PassThrough } from 'node:stream';
import { followUntilEnded } from '../../../tools/deploy-local/session';
import { expectServing, until } from './serving';
import type { Life } from './life';

/** The keys of `npm run deploy:local -- --app`. */
export function restartsByKey(life: Life): void {
  test('the key r restarts the application, whose log goes on, and q ends the log', async () => {
    const keys = new PassThrough();
    const shown: string[] = [];
    const starts = async () => Promise.resolve(shown.filter((line) => line.startsWith('listening on port')));
    const followed = followUntilEnded(life.names, keys, (line) => shown.push(line));
    const { length } = await until(starts, (each) => each.length > 0);
    keys.write('r');
    const again = await until(starts, (each) => each.length > length);
    expect(new Set(again.slice(-2)).size).toBe(2);
    await expectServing(life, 'v1');
    keys.write('q');
    await followed;
  });
}
