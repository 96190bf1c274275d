import { allow, policy, resource, reviewResource } from './support/assemblies';

const web = {
  Name: 'web',
  Image: 'app',
  PortMappings: [{ ContainerPort: 3000 }],
  LogConfiguration: { LogDriver: 'awslogs' },
};
const sidecar = { ...web, Name: 'sidecar', Image: 'fluentbit' };
const task = (...containers: object[]) => resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: containers });

const SENTENCES_ON_VALUES = ['The current logs', 'The code that runs'];

describe('a container as a whole', () => {
  it('is removed', () => {
    const { stdout } = reviewResource(task(web, sidecar), task(web));
    expect(stdout).toContain('A container is removed (`ContainerDefinitions[sidecar]`).');
    for (const sentence of SENTENCES_ON_VALUES) expect(stdout).not.toContain(sentence);
    expect(stdout).not.toContain('⚠️');
  });

  it('is added with privileges', () => {
    const { stdout } = reviewResource(task(web), task(web, { ...sidecar, Privileged: true }));
    expect(stdout).toContain('⚠️');
    expect(stdout).toContain('The container gets privileges of the host');
  });
});

describe('the privileges of a container', () => {
  it.each([
    {
      title: 'of the host',
      before: {},
      after: { Privileged: true },
    },
    {
      title: 'of the default user, who may be root',
      before: { User: 'app' },
      after: {},
    },
    {
      title: 'by a capability',
      before: {},
      after: { LinuxParameters: { Capabilities: { Add: ['SYS_ADMIN'] } } },
    },
    {
      title: 'to write to its file system',
      before: { ReadonlyRootFilesystem: true },
      after: { ReadonlyRootFilesystem: false },
    },
  ])('grow: $title', ({ before, after }) => {
    const { stdout } = reviewResource(task({ ...web, ...before }), task({ ...web, ...after }));
    expect(stdout).toContain('⚠️');
    expect(stdout).toContain('The container gets privileges of the host');
  });

  it('shrink, and are looked at', () => {
    const { stdout } = reviewResource(task({ ...web, User: 'root' }), task({ ...web, User: 'app' }));
    expect(stdout).toContain('👀');
    expect(stdout).not.toContain('The container gets privileges');
  });
});

const database = (properties: object) => resource('AWS::RDS::DBInstance', properties);

it('a password that comes from a plain parameter has words of its own', () => {
  const { stdout } = reviewResource(
    database({ MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}' }),
    database({ MasterUserPassword: '{{resolve:ssm:/db/password}}' }),
  );
  expect(stdout).toMatch(/- ⚠️[^\n]*The value comes from a plain parameter instead of a secret/);
});

it('a file system that becomes read-only is harmless', () => {
  const { stdout } = reviewResource(task(web), task({ ...web, ReadonlyRootFilesystem: true }));
  expect(stdout).toContain('No data is at risk');
});

it('a pattern of list actions takes every resource, and means the account', () => {
  const { stdout } = reviewResource(policy(), policy(allow('organizations:List*')));
  expect(stdout).toContain('Newly allowed: `organizations:List*` on `*`.');
  expect(stdout).not.toContain('not limited');
});
