import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { Account } from './support/account';
import { describeDatabase } from './support/databases';
import { SERVICE, startWebService } from './support/web-service';
import { until } from './support/until';

const account = Account.shared({ run: true, usedBefore: true, patience: 10 });
const ec2 = new EC2(account.client);
const EVERYWHERE = '0.0.0.0/0';
let web: Awaited<ReturnType<typeof startWebService>>;
/** Groups of the load balancer, of the task and of the database. */
let balancerGroup: string;
let taskGroup: string;
let databaseGroup: string;

async function createGroup(GroupName: string): Promise<string> {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName,
    Description: GroupName,
    VpcId: web.containers.vpc,
  });
  return GroupId;
}

const rule = (port: number, source: string) => ({
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: source }] }],
});

/** Environment of a web service in one subnet, its load balancer in another one, and its database in a third one. */
beforeAll(async () => {
  web = await startWebService(account);
  // The execution role is in force for tasks from now on.
  account.aws.wait(60);
  balancerGroup = await createGroup('balancer');
  [taskGroup = ''] = web.containers.securityGroups;
  databaseGroup = await createGroup('database');
  await ec2.authorizeSecurityGroupIngress({ GroupId: taskGroup, ...rule(3000, balancerGroup) });
  await ec2.authorizeSecurityGroupIngress({ GroupId: databaseGroup, ...rule(5432, taskGroup) });
  const { LoadBalancers: [balancer] = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
  const { LoadBalancerArn } = balancer ?? {};
  await web.elb.setSecurityGroups({ LoadBalancerArn, SecurityGroups: [balancerGroup] });
  const { Subnets = [] } = await ec2.describeSubnets({});
  const rds = new RDS(account.client);
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: 'data',
    DBSubnetGroupDescription: 'Database',
    SubnetIds: Subnets.slice(-1).map(({ SubnetId = '' }) => SubnetId),
  });
  await rds.createDBInstance({
    DBInstanceIdentifier: 'main',
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    EngineVersion: '15',
    AllocatedStorage: 20,
    MasterUsername: 'master',
    MasterUserPassword: 'first-password',
    DBSubnetGroupName: 'data',
    VpcSecurityGroupIds: [databaseGroup],
  });
}, 60_000);

/** Result of a connection to the database by the program of a task. */
async function connect(): Promise<unknown> {
  const database = await describeDatabase(account, 'main');
  const host = `localhost:${database?.Endpoint?.Port}`;
  const script = `
    const { Client } = require('pg');
    const connectionString = 'postgres://master:first-password@' + process.env.DATABASE + '/postgres';
    const client = new Client({ connectionString, ssl: { rejectUnauthorized: false }, connectionTimeoutMillis: 1000 });
    client.connect().then(() => 'connected', ({ message }) => message).then((text) => { console.log(text); process.exit(); });`;
  const { taskDefinition } = await web.ecs.describeTaskDefinition({ taskDefinition: 'web' });
  const { tasks: [task] = [] } = await web.ecs.runTask({
    cluster: SERVICE.cluster,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: web.containers.subnets, securityGroups: web.containers.securityGroups },
    },
    overrides: {
      containerOverrides: [{ name: 'web', command: ['-e', script], environment: [{ name: 'DATABASE', value: host }] }],
    },
  });
  const logOfTask = () => web.containers.logged(`web/web/${task?.taskArn?.split('/').at(-1)}`).catch(() => []);
  const [line] = await until(logOfTask, (lines) => lines.length > 0);
  return line;
}

async function targetHealth() {
  const { TargetHealthDescriptions = [] } = await web.elb.describeTargetHealth({ TargetGroupArn: web.targetGroupArn });
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth);
}

const request = () =>
  fetch(web.url, { signal: AbortSignal.timeout(1000) }).then(
    ({ status }) => status,
    (error: unknown) => (error as Error).name,
  );

/** States of both paths: to the task, and to the database. */
function pathStates(): boolean[] {
  const paths = Object.entries(account.aws.networkPaths());
  const stateTo = (end: RegExp) => paths.some(([name, isOpen]) => end.test(name) && isOpen);
  return [stateTo(/^web → /), stateTo(/ → main$/)];
}

it('as configured, both paths are open', async () => {
  expect(await request()).toBe(200);
  expect(await connect()).toBe('connected');
  expect(pathStates()).toEqual([true, true]);
});

it('a task whose group does not admit the load balancer is unhealthy, requests to it time out, and ECS replaces it', async () => {
  const untilReported = (text: RegExp) =>
    until(web.describeService, ({ events = [] }) => events.some(({ message = '' }) => text.test(message)));
  await ec2.revokeSecurityGroupIngress({ GroupId: taskGroup, ...rule(3000, balancerGroup) });
  const unhealthy = { State: 'unhealthy', Reason: 'Target.Timeout' };
  expect(await targetHealth()).toContainEqual(expect.objectContaining(unhealthy));
  expect(await request()).toBe('TimeoutError');
  await untilReported(
    /^\(service web\) \(task \w+\) \(port 3000\) is unhealthy in \(target-group .*\) due to \(reason Request timed out\)\.$/,
  );
  await untilReported(/ has started 1 tasks: \(task \w+\)\. Amazon ECS replaced 1 tasks due to an unhealthy status\.$/);
  await ec2.authorizeSecurityGroupIngress({ GroupId: taskGroup, ...rule(3000, balancerGroup) });
  expect(await targetHealth()).toContainEqual(expect.objectContaining({ State: 'healthy' }));
  expect(await request()).toBe(200);
  const stopReasons = async () => (await web.tasks('STOPPED')).map(({ stoppedReason }) => stoppedReason);
  const [reason] = await until(stopReasons, (reasons) => reasons.length > 0);
  expect(reason).toMatch(/^Task failed ELB health checks in \(target-group arn:.*\)$/);
});

it('a connection to a database whose group does not admit the task times out', async () => {
  await ec2.revokeSecurityGroupIngress({ GroupId: databaseGroup, ...rule(5432, taskGroup) });
  expect(await connect()).toMatch(/timeout/);
  await ec2.authorizeSecurityGroupIngress({ GroupId: databaseGroup, ...rule(5432, taskGroup) });
  expect(await connect()).toBe('connected');
});

interface Closing {
  readonly title: string;
  readonly close: () => Promise<unknown>;
  readonly open: () => Promise<unknown>;
}

describe('both paths are closed by', () => {
  let NetworkAclId: string | undefined;
  let RouteTableId: string | undefined;

  beforeAll(async () => {
    const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({});
    NetworkAclId = acl?.NetworkAclId;
    const { RouteTables: [table] = [] } = await ec2.describeRouteTables({});
    RouteTableId = table?.RouteTableId;
  });

  /** Denies ports in one direction by the network ACL of all subnets. */
  const denial = (title: string, Egress: boolean, From: number, To: number): Closing => ({
    title,
    close: () =>
      ec2.createNetworkAclEntry({
        NetworkAclId,
        // Before the rule that allows everything.
        RuleNumber: 50,
        Egress,
        Protocol: '6',
        RuleAction: 'deny',
        CidrBlock: EVERYWHERE,
        PortRange: { From, To },
      }),
    open: () => ec2.deleteNetworkAclEntry({ NetworkAclId, RuleNumber: 50, Egress }),
  });

  it.each<Closing>([
    denial('a network ACL that denies the ports', false, 3000, 5432),
    denial('a network ACL that denies the answers, which security groups would let pass', true, 32768, 60999),
  ])('$title', async ({ close, open }) => {
    await close();
    expect(pathStates()).toEqual([false, false]);
    await open();
    expect(pathStates()).toEqual([true, true]);
  });

  it('a route that is more specific than the VPC’s own', async () => {
    const { Subnets = [] } = await ec2.describeSubnets({});
    const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: Subnets[0]?.SubnetId });
    const ranges = [Subnets[0]?.CidrBlock, Subnets.at(-1)?.CidrBlock];
    for (const DestinationCidrBlock of ranges) {
      const { NetworkInterfaceId } = NetworkInterface ?? {};
      await ec2.createRoute({ RouteTableId, DestinationCidrBlock, NetworkInterfaceId });
    }
    expect(pathStates()).toEqual([false, false]);
    for (const DestinationCidrBlock of ranges) await ec2.deleteRoute({ RouteTableId, DestinationCidrBlock });
    expect(pathStates()).toEqual([true, true]);
  });
});
