import { reviewStack } from './support/assemblies';

describe('what is uploaded for a stack', () => {
  const [one = '', other = '', code = '', newCode = ''] = ['a', 'b', 'c', 'd'].map((sign) => sign.repeat(64));
  const url = (hash: string) => `s3://assets/${hash}.json`;
  /** As `cdk synth` files a template and a function's code; the hash of the template differs with it. */
  const stack = (template: string, code: string, change: object = {}) => {
    const entry = (displayName: string, objectKey: string) => {
      return {
        displayName,
        source: { path: objectKey },
        destinations: { here: { bucketName: 'assets', objectKey, ...change } },
      };
    };
    const files = { [template]: entry('Template', `${template}.json`), [code]: entry('Code', `${code}.zip`) };
    const properties = { stackTemplateAssetObjectUrl: url(template) };
    return { resources: {}, properties, assets: { version: '55.0.0', files, dockerImages: {} } };
  };

  it.each<[string, object]>([
    ['into another bucket', { bucketName: 'other' }],
    ['under another name', { objectKey: 'other.zip' }],
    ['by another role', { assumeRoleArn: 'arn:aws:iam::999999999999:role/x' }],
  ])('%s is shown', (_what, change) => {
    const { stdout } = reviewStack(stack(one, code), stack(one, code, change));
    expect(stdout).toMatch(/(👀|⚠️) \*\*The stack itself\*\*[^]*assets/);
    expect(stdout).toContain(Object.values(change)[0]);
  });

  it('another hash, of code or of a template that says the same, is folded', () => {
    const { stdout } = reviewStack(stack(one, code), stack(one, newCode));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${code}.zip\` → \`${newCode}.zip\``);
    const template = reviewStack(stack(one, code), stack(other, code)).stdout;
    expect(template).toContain('nothing is opened or weakened');
    expect(template).toContain(`\`${url(one)}\` → \`${url(other)}\``);
  });

  it('a template that differs is reported without its hash', () => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
    const { stdout } = reviewStack(stack(one, code), { ...stack(other, code), resources: topic });
    expect(stdout).toContain('`Topic`');
    expect(stdout).not.toContain('The stack itself');
  });
});
