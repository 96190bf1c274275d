import { runDeployReport } from '../../tools/deploy/report';
import { runDrift } from '../../tools/drift/run';
import { runImageCheck } from '../../tools/deploy/image-check';

const never = () => {
  throw new Error('was asked something');
};

test.each([
  ['image:check', () => runImageCheck(['--help'], {}, never)],
  ['drift', () => runDrift(['--help'], { detect: never, read: never })],
  ['deploy:report', () => runDeployReport(['--help'])],
])('npm run %s -- --help says how it is used, asks nobody, and is no failure', async (script, run) => {
  const { exitCode, stdout, stderr } = await run();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: npm run ${script} -- .*\n[^]*Exit code: 0 `));
});
