import { messages } from '../../../../test/support/assembly';
import { CopyOfApp } from '../../support/copy-of-app';

/** Calls the first step of a release of dev, which synthesizes the app. */
const SYNTHESIZE_DEV = "require('./tools/operate/release/cdk').synthesizeApp('ProoflinkDev')";

test('a release of dev prints no warning or info of the CDK about prod: it would be read as one about the release', () => {
  // The synth of prod has a message, so that there is one to leave out.
  expect(messages('prod')).not.toEqual([]);
  // A copy with the tests' configs: with a team's, prod may have no message.
  const copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  const { status, stdout, stderr } = copy.run(`node -r ./tools/register.js -e "${SYNTHESIZE_DEV}"`);
  copy.remove();
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
}, 60_000);
