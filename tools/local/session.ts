import type { Readable } from 'node:stream';
import type { DeployLocalOptions } from './options';
import { details, howToUse } from './ending';
import type { LocalEnvironment } from './local-environment';
import { follow, restartWebTask } from './web-task';

type Keys = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

/**
 * Starts the reader's own application and shows its log until q or Ctrl-C; r restarts it. Returns whether it serves at
 * the end.
 */
export async function stayWith(local: LocalEnvironment, options: DeployLocalOptions, keys: Keys): Promise<boolean> {
  const show: (line: string) => void = console.log;
  const ended = new AbortController();
  let [serves, isStarting] = [false, false];
  const start = async () => {
    isStarting = true;
    try {
      const report = (line: string) => {
        if (/^\d\/\d /.test(line)) show(line);
      };
      await local.start(report, undefined, ended.signal);
      serves = true;
      if (options.details) show(await details(local));
      if (!ended.signal.aborted && !(options.keep && !keys.isTTY)) show(`${await howToUse(local, options)}\n`);
    } catch (error) {
      if (ended.signal.aborted) return;
      // The log has ECS's own message.
      const [message] = (error instanceof Error ? error.message : String(error)).split('\nWhat ECS says');
      show(`\n${message}`);
      if (keys.isTTY) show('\nr starts it again, q ends.\n');
    } finally {
      isStarting = false;
    }
    // Without a terminal, a program reads on, or starts it again.
    if (!keys.isTTY && (options.keep ?? !serves)) ended.abort();
  };
  const again = () => (serves || isStarting ? restartWebTask(local.names) : start());
  const end = options.keep ? 'q or Ctrl-C leaves it running' : 'q or Ctrl-C ends everything';
  show(`\nIt starts. r starts it again, ${end}. Its log:\n`);
  // In a terminal a key counts at once; otherwise it is a line that is written there.
  keys.setRawMode?.(true);
  keys.on('data', (pressed: Buffer | string) => {
    for (const key of pressed.toString()) {
      if (key === 'r')
        again().catch((error: unknown) => {
          show(String(error));
        });
      if (key === 'q' || key === '\u0003') ended.abort();
    }
  });
  void start();
  await follow(local.names, show, ended.signal);
  keys.setRawMode?.(false);
  keys.pause();
  return serves;
}
