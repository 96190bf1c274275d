import { messages } from '../../../support/assembly';
import { CopyOfApp } from '../../../support/copy-of-app';

/** Calls the first step of a release of dev, which synthesizes the app. */
const SYNTHESIZE_DEV = "require('./tools/operate/release/cdk').synthesizeApp('ProoflinkDev')";

test('a release of dev prints no message on prod: it would be read as one on the release', () => {
  // The synth of prod has a message, so that there is one to leave out.
  expect(messages('prod')).not.toEqual([]);
  const copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  const { status, stdout, stderr } = copy.run(`node -r ./tools/register.js -e "${SYNTHESIZE_DEV}"`);
  copy.remove();
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
}, 60_000);
