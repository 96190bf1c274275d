import { CdkError } from '../src/cdk';
import { isUsableMoto, MOTO_REQUIREMENT } from '../src/python';

describe('the version of moto', () => {
  it.each([
    ['5.1.1', false],
    ['4.9.0', false],
    ['5.2.0', true],
    ['5.10.0', true],
    ['6.0.0', true],
    ['', false],
  ])('%s: %s', (version, usable) => {
    expect(isUsableMoto(version)).toBe(usable);
  });

  it('is supported if installed by default', () => {
    expect(isUsableMoto(MOTO_REQUIREMENT.split('==')[1] ?? '')).toBe(true);
  });
});

describe('the reason of a failed cdk', () => {
  it('is CloudFormation’s message without stack traces', () => {
    const output = [
      'ProoflinkDev: deploying... [1/1]',
      'Failed resources:',
      'ProoflinkDev | CREATE_FAILED | AWS::S3::Bucket | the name is taken',
      '    at somewhere (index.js:1:1)',
    ].join('\n');
    expect(new CdkError('deploy ProoflinkDev', output).reason).toBe(
      'Failed resources:\nProoflinkDev | CREATE_FAILED | AWS::S3::Bucket | the name is taken',
    );
  });

  it('is the whole output if no reason is recognized', () => {
    expect(new CdkError('synth', 'something\nelse').reason).toBe('something\nelse');
  });
});
