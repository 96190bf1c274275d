import { Writable } from 'node:stream';
import { formatDifferences, fullDiff } from '@aws-cdk/cloudformation-diff';
import { maskDiff } from '../../../tools/diff-review/mask-diff';
import { SecretMask } from '../../../tools/shared/secret-mask';

/** What `cdk diff` prints: the CLI calls the same function. */
function print(before: object, after: object): string {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  formatDifferences(stream, fullDiff(before, after));
  // eslint-disable-next-line no-control-regex -- the CLI's --no-color
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

const DEPLOYED = 'hunter2-correct-horse';
const NEW = 'hunter3-battery-staple';

const container = (properties: object) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Command: ['serve'], ...properties }] },
});
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('no secret of what is deployed is shown, though only a text tells it', () => {
  it.each([
    ['a plain one', (s: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: s } })],
    [
      'one that is put together',
      (s: string) => ({
        Type: 'AWS::SecretsManager::Secret',
        Properties: { SecretString: join('postgresql://app:', s, { Ref: 'Host' }) },
      }),
    ],
    [
      'a template of a generated one',
      (s: string) => ({
        Type: 'AWS::SecretsManager::Secret',
        Properties: { GenerateSecretString: { SecretStringTemplate: `{"username":"${s}"}`, PasswordLength: 40 } },
      }),
    ],
    ['a password', (s: string) => ({ Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: s } })],
    [
      'a key of several lines',
      (s: string) => ({ Type: 'AWS::X::Y', Properties: { PrivateKey: `${s}\n${s}2\n\n${s}3`, Zone: s.length } }),
    ],
    [
      'an environment variable',
      (s: string) =>
        container({
          Environment: [
            { Name: 'STRIPE_API_KEY', Value: s },
            { Name: 'A', Value: 'b' },
          ],
        }),
    ],
    [
      'an environment variable that is put together',
      (s: string) => container({ Environment: [{ Name: 'SESSION_SECRET', Value: join('a', 'b', 'c', s, 'd') }] }),
    ],
    [
      'a URL with a password',
      (s: string) => container({ Environment: [{ Name: 'U', Value: `https://me:${s}@e.com/` }] }),
    ],
    ['an option of a command', (s: string) => container({ Command: ['serve', '--api-token', s] })],
    [
      'a variable of a function',
      (s: string) => ({
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { DB_PASSWORD: s, PLAIN: s.length } } },
      }),
    ],
  ])('%s', (_case, resource) => {
    const bare = (s: string) => ({ ...resource(s), Properties: {} });
    for (const [before, after] of [
      [{ Thing: resource(DEPLOYED) }, { Thing: resource(NEW) }],
      [{ Thing: resource(DEPLOYED) }, { Thing: bare(NEW) }],
      [{ Thing: bare(DEPLOYED) }, { Thing: resource(NEW) }],
    ]) {
      const text = print({ Resources: before }, { Resources: after });
      // The guard is needed: the CLI shows them.
      expect(text).toMatch(/hunter/);
      const masked = maskDiff(text, new SecretMask());
      expect(masked).not.toMatch(/hunter|correct|battery/);
      expect(masked).toMatch(/hidden value/);
    }
  });

  it("a parameter's default that is not to be echoed, and an output's value", () => {
    const template = (s: string) => ({
      Parameters: { P: { Type: 'String', Default: s, NoEcho: true } },
      Outputs: { AdminPassword: { Value: s } },
    });
    const masked = maskDiff(print(template(DEPLOYED), template(NEW)), new SecretMask());
    expect(masked).toContain('[~] Parameter P: {"Type":"String","Default":"(hidden value 1)","NoEcho":true} to {');
    expect(masked).toContain('[~] Output AdminPassword: (hidden value');
    expect(masked).not.toMatch(/hunter/);
  });

  it("one of the head's templates, wherever the text has it", () => {
    const mask = new SecretMask();
    mask.mask(container({ Environment: [{ Name: 'API_TOKEN', Value: NEW }] }));
    expect(maskDiff(`Unexpected: ${NEW} at line 1`, mask)).toBe('Unexpected: (hidden value 1) at line 1');
  });
});

it('what is no secret stays readable', () => {
  const before = {
    Thing: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { AllocatedStorage: '20', MasterUserPassword: 'a', Engine: 'p' },
    },
    Task: container({ Command: ['serve', '--fast'], Cpu: 256, Environment: [{ Name: 'MODE', Value: 'slow' }] }),
  };
  const after = {
    Thing: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { AllocatedStorage: '40', MasterUserPassword: 'b', Engine: 'q' },
    },
    Task: container({ Command: ['serve', '--slow'], Cpu: 512, Environment: [{ Name: 'MODE', Value: 'fast' }] }),
  };
  const mask = new SecretMask();
  mask.mask(after);
  const masked = maskDiff(print({ Resources: before }, { Resources: after }), mask);
  expect(masked).toContain(' │   ├─ [-] 20\n │   └─ [+] 40');
  expect(masked).toMatch(/\[~\] MasterUserPassword\n.*\[-\] \(hidden value \d\)\n.*\[\+\] \(hidden value \d\)/);
  expect(masked).toMatch(/\[-\] +"Cpu": 256,\n.*\[\+\] +"Cpu": 512,/);
  expect(masked).toMatch(/\[-\] +"Value": "slow"\n.*\[\+\] +"Value": "fast"/);
  // Of a list, what only the deployed template says might follow an option like --password, which is cut off.
  expect(masked).toMatch(/\[-\] +\(hidden value \d+\)\n.*\[\+\] +"--slow"/);
});
