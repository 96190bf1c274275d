import { CopyOfApp } from '../../../support/copy-of-app';

test('a release of dev shows no message on prod', () => {
  const copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  const program = "require('./tools/operate/release/cdk').synthesizeApp('ProoflinkDev')";
  const { status, stdout, stderr } = copy.run(`node -r ./tools/register.js -e "${program}"`);
  copy.remove();
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
}, 60_000);
