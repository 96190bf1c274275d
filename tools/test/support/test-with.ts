import { spawnSync } from 'node:child_process';

/** `test`, or on a machine without a program `test.skip`. */
export function testWith(program: string, probe: readonly string[] = ['--version']): jest.It {
  return spawnSync(program, probe).status === 0 ? test : test.skip;
}
