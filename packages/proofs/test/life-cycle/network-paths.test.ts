import { pathsOf } from '@infra/change-review/paths';
import { networkOf } from '@infra/change-review/network';
import { DATABASE, ECS_TASK, LOAD_BALANCER } from '@infra/change-review/places';
import { APPLICATION_PORT, stackId } from '@infra/commands/app';
import { type Dev, names, startDev } from '@infra/local/test/support/running-dev';
import type { Template } from '@infra/testing/template';
import { sdk } from './support/sdk';

const DATABASE_PORT = 5432;

let dev: ReturnType<Dev>;
let deployed: Template;

beforeAll(async () => {
  dev = await startDev();
  await dev.release('v1');
  const { TemplateBody = '' } = await sdk.cloudFormation.getTemplate({ StackName: stackId('dev') });
  deployed = JSON.parse(TemplateBody) as Template;
});

afterAll(async () => {
  await dev.stop();
});

/** The template with other properties of each resource of a type. */
function changed(type: string, change: (properties: Record<string, unknown>) => object): Template {
  const resources = Object.entries(deployed.Resources).map(([id, resource]) => {
    const Properties = resource.Type === type ? change(resource.Properties ?? {}) : resource.Properties;
    return [id, { ...resource, Properties }] as const;
  });
  return { ...deployed, Resources: Object.fromEntries(resources) } as Template;
}

/** The template in which rules that are resources of their own admit to another port. */
const admittingElsewhere = (port: number) =>
  changed('AWS::EC2::SecurityGroupIngress', (properties) =>
    properties['FromPort'] === port ? { ...properties, FromPort: port + 1, ToPort: port + 1 } : properties,
  );

/** The template in which the tasks reach HTTPS alone. */
const tasksOnHttps = () =>
  changed('AWS::EC2::SecurityGroup', (properties) => {
    if (properties['GroupName'] !== names.securityGroups.ecs) return properties;
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };
    return { ...properties, SecurityGroupEgress: [https] };
  });

/** Both paths as the review reads them from a template. */
function reviewed(template: Template) {
  const paths = pathsOf(networkOf(template));
  const has = (source: string, target: string, port: number) =>
    paths.some(({ from, to, open }) => from === source && to === target && open.from <= port && port <= open.to);
  return { task: has(LOAD_BALANCER, ECS_TASK, APPLICATION_PORT), database: has(ECS_TASK, DATABASE, DATABASE_PORT) };
}

/** Both paths as the local AWS computes them from its own groups, routes and network ACLs. */
function running() {
  const paths = Object.entries(dev.aws.networkPaths());
  const isOpen = (end: RegExp) => paths.filter(([name]) => end.test(name)).map(([, state]) => state);
  return { task: isOpen(/-tg → /)[0], database: isOpen(/ → prooflink-dev-db$/)[0] };
}

async function update(template: Template): Promise<void> {
  const { Stacks: [stack] = [] } = await sdk.cloudFormation.describeStacks({ StackName: stackId('dev') });
  const Parameters = (stack?.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true }));
  await sdk.cloudFormation.updateStack({
    StackName: stackId('dev'),
    TemplateBody: JSON.stringify(template),
    Parameters,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  await sdk.cloudFormation.waitUntilStackUpdateComplete(
    { StackName: stackId('dev') },
    { maxWaitTime: 60, minDelay: 1 },
  );
}

test('as deployed, the review and the local AWS find both paths', () => {
  expect(reviewed(deployed)).toEqual({ task: true, database: true });
  expect(running()).toEqual({ task: true, database: true });
});

// Otherwise one of them would call an environment reachable whose users are without service.
test.each([
  { title: 'the tasks admit the load balancer to another port', template: () => admittingElsewhere(APPLICATION_PORT) },
  { title: 'the database admits the tasks to another port', template: () => admittingElsewhere(DATABASE_PORT) },
  { title: 'the tasks reach HTTPS alone', template: tasksOnHttps },
])('$title: the review and the local AWS find the same path closed', async ({ template }) => {
  const other = template();
  await update(other);
  expect(running()).toEqual(reviewed(other));
  expect(Object.values(running())).toContain(false);
});
