import { sample } from '../../../tools/deploy-local/programs';
import { type Dev, names } from '../support/running-dev';
import { ec2, ecs, rds, secrets } from './clients';
import {
  type Case,
  type Restore,
  secretId,
  withoutImage,
  withoutLogGroup,
  withoutPolicies,
  withoutRules,
  withSecret,
  withService,
} from './breaking';

/** The web tasks run another definition, registered with these changes. */
async function withTaskDefinition(change: { image?: string; port?: number }): Promise<Restore> {
  const described = await ecs.describeTaskDefinition({ taskDefinition: names.taskFamily });
  const { containerDefinitions: [container] = [], ...it } = described.taskDefinition ?? {};
  const { family = '', networkMode, cpu, memory, executionRoleArn, taskRoleArn, requiresCompatibilities } = it;
  const own = { family, networkMode, cpu, memory, executionRoleArn, taskRoleArn, requiresCompatibilities };
  const containerDefinitions = [{ ...container, ...change }];
  const registered = await ecs.registerTaskDefinition({ ...own, containerDefinitions });
  return withService(() => ({ taskDefinition: registered.taskDefinition?.taskDefinitionArn }));
}

export async function withoutRoute(): Promise<Restore> {
  const { RouteTables = [] } = await ec2.describeRouteTables({});
  const leadsOut = (GatewayId = '') => GatewayId.startsWith('igw-');
  const table = RouteTables.find(({ Routes }) => Routes?.some(({ GatewayId }) => leadsOut(GatewayId)));
  const GatewayId = table?.Routes?.find((route) => leadsOut(route.GatewayId))?.GatewayId;
  const route = { RouteTableId: table?.RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
  await ec2.deleteRoute(route);
  return () => ec2.createRoute({ ...route, GatewayId });
}

async function withoutGateway(): Promise<Restore> {
  const { InternetGateways = [] } = await ec2.describeInternetGateways({});
  const [{ InternetGatewayId, Attachments } = {}] = InternetGateways.filter((each) => each.Attachments?.length);
  const attachment = { InternetGatewayId, VpcId: Attachments?.[0]?.VpcId };
  await ec2.detachInternetGateway(attachment);
  return () => ec2.attachInternetGateway(attachment);
}

export function webCases(dev: Dev): Case[] {
  return [
    [
      '6.1: the execution role lost its policy',
      () => withoutPolicies(names.roles.ecsExecution),
      /cannot start: prooflink-dev-ecs-task-execution-role may not ecr:GetAuthorizationToken.*logs:PutLogEvents/,
    ],
    [
      '6.1: the image is not in ECR',
      async () => {
        await withoutImage(names.repositories.app, 'v1');
        return () => dev().push.app('v1', sample.web('v1'));
      },
      /^prooflink-dev-app has no image v1, which the web tasks want/,
      /release dev --app <tag>\. .* aws ecr list-images .* --repository-name prooflink-dev-app$/,
    ],
    [
      '6.1: the image’s URI is wrong',
      () => withTaskDefinition({ image: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-app:v1' }),
      /web tasks run prooflink-dev-task:\d+, .* the image 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com\/prooflink-app:v1/,
    ],
    [
      '6.1: the tasks get no public address',
      () =>
        withService(({ networkConfiguration: { awsvpcConfiguration: network } = {} }) => ({
          networkConfiguration: { awsvpcConfiguration: { subnets: [], ...network, assignPublicIp: 'DISABLED' } },
        })),
      /web tasks get no public address/,
    ],
    [
      '6.1: the database’s group admits no source',
      () => withoutRules(names.securityGroups.rds),
      /^prooflink-dev-rds-sg \(sg-\w+\) does not admit port 5432 from prooflink-dev-ecs-sg .*ETIMEDOUT/,
    ],
    [
      '6.1: DATABASE_URL is no URL of PostgreSQL',
      async () => withSecret(await secretId('ConnectionUrl'), (url) => url.replace('postgresql://', 'mysql://')),
      /^DATABASE_URL is not as it should be: its form. It should be postgresql:\/\/postgres:<password>@localhost/,
      /docs\/runbook.md/,
    ],
    [
      '6.1: DATABASE_URL names another endpoint',
      async () =>
        withSecret(await secretId('ConnectionUrl'), (url) => url.replace(/@[^/]+/, '@another.example.com:5432')),
      /^DATABASE_URL is not as it should be: host and port/,
      /docs\/runbook.md/,
    ],
    [
      '6.1: a secret was deleted, and waits for that',
      async () => {
        const it = { SecretId: await secretId('SessionSecret') };
        await secrets.deleteSecret(it);
        return () => secrets.restoreSecret(it);
      },
      /^The secret NEXTAUTH_SECRET of the web tasks waits for its deletion/,
      /^aws secretsmanager restore-secret --region ap-northeast-1 --secret-id arn:/,
    ],
    [
      '6.1: the database is stopped, though web tasks run',
      async () => {
        const it = { DBInstanceIdentifier: names.dbInstance };
        await rds.stopDBInstance(it);
        return () => rds.startDBInstance(it);
      },
      /^The database is stopped/,
      /^npm run prooflink -- start dev$/,
    ],
    [
      '6.1: the log group is gone',
      () => withoutLogGroup(names.logGroups.app),
      /^The log group \/ecs\/prooflink-dev-app is gone/,
    ],
    [
      '6.2: the tasks’ group does not admit the load balancer',
      () => withoutRules(names.securityGroups.ecs),
      /^prooflink-dev-ecs-sg \(.*\) does not admit port 3000 from prooflink-dev-alb-sg/,
    ],
    [
      '6.2: the application does not answer its health check with 200',
      async () => {
        await dev().release('v2', sample.neverHealthy());
        // The next case releases a version, too.
        return () => Promise.resolve();
      },
      /^The deployment of v2 fails: .* v1 serves\. .*Health checks failed with these codes: \[503\]/s,
      /^the application: it must answer GET \/api\/health with 200. Its log: aws logs tail \/ecs\/prooflink-dev-app/,
    ],
    [
      '6.2: the application listens on another port',
      async () => {
        const command = ['node', '-e', `require('http').createServer().listen(0, '127.0.0.1')`];
        await dev().release('v3', { ...sample.web('v3'), command });
        return () => dev().release('well-again');
      },
      /^The deployment of v3 fails: .*Health checks failed/s,
      /^the application: it must listen on port 3000 of 0.0.0.0/,
    ],
    ['6.3: the route to the internet is gone', withoutRoute, /^rtb-\w+ has no route 0.0.0.0\/0/],
    ['6.3: the internet gateway is detached', withoutGateway, /^rtb-\w+ has no route 0.0.0.0\/0/],
    [
      '6.3: the tasks’ group lets nothing out',
      () => withoutRules(names.securityGroups.ecs, 'out'),
      /^prooflink-dev-ecs-sg .* does not let the web tasks out to 0.0.0.0\/0/,
    ],
  ];
}
