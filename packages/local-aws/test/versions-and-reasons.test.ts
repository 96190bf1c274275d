import { CdkError } from '../src/cdk';
import { isUsableMoto, MOTO_REQUIREMENT } from '../src/python';

test('moto is usable from 5.2 on, as is the version that is installed by default', () => {
  const versions = ['', '4.9.0', '5.1.1', '5.2.0', '5.10.0', '6.0.0', MOTO_REQUIREMENT.split('==')[1] ?? ''];
  expect(versions.map(isUsableMoto)).toEqual([false, false, false, true, true, true, true]);
});

test('the reason of a failed cdk is CloudFormation’s message without stack traces, or the whole output', () => {
  const reason = 'Failed resources:\nShop | CREATE_FAILED | AWS::S3::Bucket | the name is taken';
  const output = `Shop: deploying... [1/1]\n${reason}\n    at somewhere (index.js:1:1)`;
  expect(new CdkError('deploy Shop', output).reason).toBe(reason);
  expect(new CdkError('synth', 'something\nelse').reason).toBe('something\nelse');
});
