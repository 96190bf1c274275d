import { reviewResource } from './support/assemblies';

const web = {
  Name: 'web',
  Image: 'app',
  PortMappings: [{ ContainerPort: 3000 }],
  LogConfiguration: { LogDriver: 'awslogs' },
};
const sidecar = { ...web, Name: 'sidecar', Image: 'fluentbit' };
const task = (...containers: object[]) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: containers },
});

const SENTENCES_ON_VALUES = ['The current logs', 'The code that runs'];

describe('a container as a whole', () => {
  it.each([
    {
      title: 'is added',
      before: task(web),
      after: task(web, sidecar),
      says: 'A container is added (`ContainerDefinitions[sidecar]`).',
    },
    {
      title: 'is removed',
      before: task(web, sidecar),
      after: task(web),
      says: 'A container is removed (`ContainerDefinitions[sidecar]`).',
    },
  ])('$title', ({ before, after, says }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain(says);
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
    { title: 'of the host', before: {}, after: { Privileged: true } },
    { title: 'of the default user, who may be root', before: { User: 'app' }, after: {} },
    { title: 'by a capability', before: {}, after: { LinuxParameters: { Capabilities: { Add: ['SYS_ADMIN'] } } } },
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
