import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { programs, sample } from '../../../tools/local/programs';

describe('what runs in the place of the images', () => {
  it('is the sample application, whose programs exist', () => {
    const { web, job } = programs({}, 'v1');
    const files = web.command?.join(' ').match(/\w+\.js/g) ?? [];
    expect(files).toEqual(['migrate.js', 'server.js']);
    expect(files.filter((file) => !existsSync(join(web.directory, file)))).toEqual([]);
    expect(existsSync(join(job?.directory ?? '', 'dist/batch/user-import.js'))).toBe(true);
    const broken = sample.cannotStart();
    expect(existsSync(join(broken.directory, broken.command?.[1] ?? ''))).toBe(false);
  });

  it('is the team’s own, where it is given, with the authorities that its image would bring along', () => {
    const { web, job } = programs({ app: 'somewhere', job: 'elsewhere' }, 'v1');
    expect(web).toMatchObject({ directory: resolve('somewhere'), command: ['/bin/sh', '-c', 'exec npm start'] });
    // The job runs the command of its definition.
    expect(job).toEqual({
      directory: resolve('elsewhere'),
      environment: { NODE_EXTRA_CA_CERTS: expect.any(String) as string },
    });
  });

  it('is no sample’s import beside the team’s own application', () => {
    expect(programs({ app: 'somewhere' }, 'v1').job).toBeUndefined();
  });

  it('is started by a command line of the shell, which the definition’s command does not change', () => {
    const { job } = programs({ job: '.', jobCommand: 'printf "%s" "$GREETING"' }, 'v1');
    const [shell = '', ...rest] = job?.entrypoint ?? [];
    const env = { ...process.env, GREETING: 'good day' };
    expect(execFileSync(shell, [...rest, 'node', 'dist/batch/user-import.js'], { env, encoding: 'utf8' })).toBe(
      'good day',
    );
  });
});
