import { reviewStack } from './support/assemblies';

describe('what is uploaded for a stack', () => {
  const hashOf = (letter: string) => letter.repeat(64);
  const TEMPLATE = hashOf('a');
  const OTHER_TEMPLATE = hashOf('b');
  const CODE = hashOf('c');
  const OTHER_CODE = hashOf('d');
  const urlOf = (templateHash: string) => `s3://assets/${templateHash}.json`;

  const asset = (name: string, fileName: string, otherDestination: object) => ({
    displayName: name,
    source: { path: fileName },
    destinations: { here: { bucketName: 'assets', objectKey: fileName, ...otherDestination } },
  });

  /** Stack whose template and code `cdk synth` files by their hashes. */
  const stackWith = (templateHash: string, codeHash: string, otherDestination: object = {}) => ({
    resources: {},
    properties: { stackTemplateAssetObjectUrl: urlOf(templateHash) },
    assets: {
      version: '55.0.0',
      files: {
        [templateHash]: asset('Template', `${templateHash}.json`, otherDestination),
        [codeHash]: asset('Code', `${codeHash}.zip`, otherDestination),
      },
      dockerImages: {},
    },
  });

  it.each([
    { title: 'into another bucket', field: 'bucketName', value: 'other' },
    { title: 'under another name', field: 'objectKey', value: 'other.zip' },
  ])('$title is shown', ({ field, value }) => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(TEMPLATE, CODE, { [field]: value }));
    expect(stdout).toMatch(/(👀|⚠️) \*\*The stack itself\*\*[^]*assets/);
    expect(stdout).toContain(value);
  });

  it('another hash of code is folded', () => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(TEMPLATE, OTHER_CODE));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${CODE}.zip\` → \`${OTHER_CODE}.zip\``);
  });

  it('another hash of a template that says the same is folded', () => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(OTHER_TEMPLATE, CODE));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${urlOf(TEMPLATE)}\` → \`${urlOf(OTHER_TEMPLATE)}\``);
  });

  it('a template that differs is reported without its hash', () => {
    const resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), { ...stackWith(OTHER_TEMPLATE, CODE), resources });
    expect(stdout).toContain('`Topic`');
    expect(stdout).not.toContain('The stack itself');
  });
});
