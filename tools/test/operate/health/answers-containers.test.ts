import { ImageNotFoundException } from '@aws-sdk/client-ecr';
import { prod } from '../../../../test/support/configs';
import type { Answers } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { stackWith } from '../../support/parts';
import { describeAnswers, environmentWith } from './aws-answers';

const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:settings';
const REDEPLOY = 'npx cdk deploy ProoflinkProd --revert-drift';

const network = { assignPublicIp: 'ENABLED', subnets: ['subnet-a'], securityGroups: ['sg-app'] };

/** prod, whose web tasks are in a subnet, unless fields of their network change that. */
const tasksIn = (fields: object = {}) =>
  environmentWith({ service: { networkConfiguration: { awsvpcConfiguration: { ...network, ...fields } } } });

/** ECS on the revision that the stack has registered, with fields of the application's container. */
const taskDefinition = (fields: object = {}) => ({
  taskDefinition: {
    taskDefinitionArn: 'the webTaskDefinition',
    executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
    taskRoleArn: 'arn:aws:iam::123456789012:role/task',
    containerDefinitions: besideOthers({ image: `${REGISTRY}/prooflink-prod-app:v1`, ...fields }),
  },
});

/** ECS on a revision that was registered by hand, and on that of the stack. */
const revisionByHand = {
  DescribeTaskDefinition: ({ taskDefinition: arn }: { readonly taskDefinition?: string }) =>
    arn === 'the webTaskDefinition'
      ? { taskDefinition: { cpu: '512' } }
      : {
          taskDefinition: {
            taskDefinitionArn: 'x/task:2',
            cpu: '256',
            memory: '1024',
            containerDefinitions: besideOthers({}),
          },
        },
};

describeAnswers('own-parts-app', [
  {
    title: 'a revision that was registered by hand is named with what differs',
    aws: revisionByHand,
    result: 'wrong',
    says: /^The web tasks run task:2, which no deployment has registered, instead of the webTaskDefinition\. It differs in: cpu 512 → 256, .*memory not set → 1024.*\.$/,
    fix: REDEPLOY,
  },
]);

describeAnswers('public-address-app', [
  {
    title: 'a web task without a public address reaches no service of AWS',
    aws: {},
    environment: tasksIn({ assignPublicIp: 'DISABLED' }),
    result: 'wrong',
    says: 'The web tasks get no public address: they reach neither ECR nor Secrets Manager.',
    fix: REDEPLOY,
  },
]);

const routeTables = {
  DescribeRouteTables: { RouteTables: [{ RouteTableId: 'rtb-1', Associations: [{ Main: true }] }] },
};

/** A stack whose template places the web tasks into another subnet than theirs. */
function stackWithOtherSubnet() {
  const resources = stackWith({ webService: 'the webService', vpc: 'the vpc' });
  const Properties = { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-b'] } } };
  Object.assign(resources.template.Resources['webService'] ?? {}, { Properties });
  return resources;
}

describeAnswers('route-app', [
  {
    title: 'a route table without a route to the internet is a fault',
    aws: routeTables,
    environment: tasksIn(),
    result: 'wrong',
    says: 'rtb-1 has no route 0.0.0.0/0 to an internet gateway, and the web tasks need it.',
    fix: REDEPLOY,
  },
  {
    title: 'subnets that the stack does not give to the web tasks are named',
    aws: routeTables,
    environment: environmentWith({
      service: { networkConfiguration: { awsvpcConfiguration: network } },
      resources: stackWithOtherSubnet(),
    }),
    result: 'wrong',
    says: 'The web tasks are in subnet-a, from where no route leads to the internet. Their subnets are subnet-b.',
    fix: REDEPLOY,
  },
]);

/** EC2 on the network ACL of the jobs' subnet, which has one rule beside the last one of AWS. */
const networkAcl = (rule: object): Answers => ({
  DescribeComputeEnvironments: { computeEnvironments: [{ computeResources: { subnets: ['subnet-a'] } }] },
  DescribeSubnets: { Subnets: [{ CidrBlock: '10.0.0.0/24' }] },
  DescribeDBInstances: { DBInstances: [{}] },
  DescribeNetworkAcls: {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-1',
        Associations: [{ SubnetId: 'subnet-a' }],
        Entries: [
          { RuleNumber: 100, Protocol: '-1', CidrBlock: '0.0.0.0/0', RuleAction: 'allow', Egress: true },
          { RuleNumber: 50, Protocol: '-1', CidrBlock: '0.0.0.0/0', RuleAction: 'deny', Egress: false, ...rule },
        ],
      },
    ],
  },
});

describeAnswers('network-acl-batch', [
  {
    title: 'a rule that denies what comes in is named',
    aws: networkAcl({}),
    result: 'wrong',
    says: 'The network ACL acl-1 does not let TCP port 32768 in from 0.0.0.0/0: rule 50 denies it. The import jobs need it.',
    fix: /^aws ec2 delete-network-acl-entry .* --rule-number 50 --ingress$/,
  },
  {
    title: 'a rule that denies what goes out is named',
    aws: networkAcl({ Egress: true }),
    result: 'wrong',
    says: new RegExp(
      '^The network ACL acl-1 does not let TCP port 443 out to 0.0.0.0/0: rule 50 denies it. The import jobs need it.\n' +
        'The network ACL acl-1 does not let TCP port 32768 in from 0.0.0.0/0: no rule allows it. ',
    ),
    fix: /^aws ec2 delete-network-acl-entry .*\naws ec2 create-network-acl-entry /,
  },
]);

describeAnswers('way-out-app', [
  {
    title: 'a security group that lets nothing out is a fault',
    aws: { DescribeSecurityGroups: { SecurityGroups: [{ GroupId: 'sg-app', GroupName: 'app' }] } },
    environment: tasksIn(),
    result: 'wrong',
    says: 'app (sg-app) does not let the web tasks out to 0.0.0.0/0.',
    fix: REDEPLOY,
  },
]);

/** ECR on an image for a processor. */
function imageFor(architecture: string) {
  const data = Buffer.from(JSON.stringify({ os: 'linux', architecture })).toString('base64');
  return {
    DescribeImages: { imageDetails: [{}] },
    BatchGetImage: { images: [{ imageManifest: JSON.stringify({ config: { data } }) }] },
  };
}

describeAnswers('image-app', [
  {
    title: 'an image that is gone is pushed again, or another one is released',
    aws: {
      DescribeTaskDefinition: taskDefinition(),
      DescribeImages: new ImageNotFoundException({ message: 'no', $metadata: {} }),
    },
    result: 'wrong',
    says: 'prooflink-prod-app has no image v1, which the web tasks want.',
    fix:
      'push it, or release a tag that is there: npm run prooflink -- release prod --app <tag>\nTags that are there: ' +
      'aws ecr list-images --region ap-northeast-1 --repository-name prooflink-prod-app',
  },
  {
    title: 'an image for another processor is built again',
    aws: { DescribeTaskDefinition: taskDefinition(), ...imageFor('arm64') },
    result: 'wrong',
    says: 'prooflink-prod-app:v1 is for linux/arm64, and the web tasks run on linux/amd64.',
    fix:
      'docker build --platform linux/amd64, push it under a new tag, and release a tag that is there: ' +
      'npm run prooflink -- release prod --app <tag>',
  },
]);

/** IAM, which refuses one action. */
const refusing = (refusedAction: string) => ({
  SimulatePrincipalPolicy: ({ ActionNames }: { readonly ActionNames: readonly string[] }) => ({
    EvaluationResults: ActionNames.filter((action) => action === refusedAction).map((EvalActionName) => ({
      EvalActionName,
      EvalDecision: 'implicitDeny',
    })),
  }),
});

describeAnswers('execution-role-app', [
  {
    title: 'an action that IAM refuses to the execution role is named',
    aws: { DescribeTaskDefinition: taskDefinition(), ...refusing('ecr:GetAuthorizationToken') },
    result: 'wrong',
    says: 'The web tasks cannot start: execution may not ecr:GetAuthorizationToken on *.',
    fix: REDEPLOY,
  },
]);

describeAnswers('task-role-app', [
  {
    title: 'an action that IAM refuses to the task role is named',
    aws: {
      DescribeTaskDefinition: taskDefinition({ environment: [{ name: 'AWS_S3_BUCKET_NAME', value: 'files' }] }),
      ...refusing('s3:GetObject'),
    },
    result: 'wrong',
    says: 'The web tasks get AccessDenied: task may not s3:GetObject on files/*.',
    fix: REDEPLOY,
  },
]);

/** Secrets Manager on the only secret of the web tasks. */
const secretOf = (variable: string, key: string, GetSecretValue: unknown): Answers => ({
  DescribeTaskDefinition: taskDefinition({ secrets: [{ name: variable, valueFrom: `${SECRET}${key}` }] }),
  DescribeSecret: {},
  GetSecretValue,
});
const ACCESS_DENIED = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

describeAnswers('secrets-app', [
  {
    title: 'an empty password of the database gets a new value',
    aws: secretOf('DATABASE_URL', '', { SecretString: ' ' }),
    result: 'wrong',
    says: 'The secret DATABASE_URL of the web tasks is empty.',
    fix: '“Rotating the database password” in docs/runbook.md',
  },
  {
    title: 'an empty secret of the sessions gets a new value',
    aws: secretOf('NEXTAUTH_SECRET', '', { SecretString: '' }),
    result: 'wrong',
    says: 'The secret NEXTAUTH_SECRET of the web tasks is empty.',
    fix: '“Rotating NEXTAUTH_SECRET” in docs/runbook.md',
  },
  {
    title: 'settings that are no JSON object any more are written again',
    aws: secretOf('SMTP_PASSWORD', ':SMTP_PASSWORD::', { SecretString: 'no JSON' }),
    result: 'wrong',
    says: 'The secret settings, of which the web tasks want SMTP_PASSWORD, is no JSON object.',
    fix: /^aws secretsmanager put-secret-value .*\nnpm run prooflink -- settings prod$/,
  },
  {
    title: 'a setting without a value is set',
    aws: secretOf('SMTP_PASSWORD', ':SMTP_PASSWORD::', { SecretString: '{}' }),
    result: 'wrong',
    says: 'The secret setting SMTP_PASSWORD of the web tasks has no value.',
    fix: 'npm run prooflink -- settings prod set SMTP_PASSWORD',
  },
  {
    title: 'without the right to read secrets, their values are not known',
    aws: secretOf('NEXTAUTH_SECRET', '', ACCESS_DENIED),
    result: 'look',
    says: 'The values are not known: your rights do not read secrets (secretsmanager:GetSecretValue).',
  },
]);

describeAnswers('log-group-app', [
  {
    title: 'web tasks do not start without their log group',
    aws: {
      DescribeTaskDefinition: taskDefinition({ logConfiguration: { options: { 'awslogs-group': '/ecs/app' } } }),
      DescribeLogGroups: { logGroups: [{ logGroupName: '/ecs/app-of-others' }] },
    },
    result: 'wrong',
    says: 'The log group /ecs/app is gone: the web tasks do not start without it.',
    fix: REDEPLOY,
  },
]);

const closedGroups: Answers = {
  DescribeSecurityGroups: { SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'closed' }] },
  DescribeSubnets: { Subnets: [] },
  DescribeDBInstances: { DBInstances: [{ VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }] }] },
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: ['sg-1'] }] },
  DescribeTargetGroups: { TargetGroups: [{ Port: 3000 }] },
};

describeAnswers('way-to-database-app', [
  {
    title: 'the database’s group does not admit the web tasks',
    aws: closedGroups,
    environment: tasksIn(),
    result: 'wrong',
    says: 'closed (sg-1) does not admit port 5432 from closed (sg-1): connect ETIMEDOUT.',
    fix: REDEPLOY,
  },
]);

describeAnswers('way-to-tasks', [
  {
    title: 'the tasks’ group does not admit the load balancer',
    aws: closedGroups,
    environment: tasksIn(),
    result: 'wrong',
    says: 'closed (sg-1) does not admit port 3000 from closed (sg-1).',
    fix: REDEPLOY,
  },
]);

describeAnswers('entrance', [
  {
    title: 'each range that the load balancer’s group does not admit is named',
    aws: closedGroups,
    environment: environmentWith({
      config: { loadBalancer: { ...prod.loadBalancer, allowedRanges: ['198.51.100.0/24', '203.0.113.0/24'] } },
    }),
    result: 'wrong',
    says: 'closed (sg-1) does not admit port 443 from 198.51.100.0/24, port 443 from 203.0.113.0/24.',
    fix: REDEPLOY,
  },
]);

describeAnswers('wanted', [
  {
    title: 'fewer web tasks than the minimum are a fault',
    aws: {},
    environment: environmentWith({ service: { desiredCount: 1, serviceName: 'service' } }),
    result: 'wrong',
    says: 'service wants 1 web task, and not 2 as lib/config says.',
    fix: /^aws ecs update-service .* --desired-count 2$/,
  },
  {
    title: 'no web task of an environment without office hours is a fault',
    aws: {},
    environment: environmentWith({
      service: { desiredCount: 0, serviceName: 'service' },
      resources: stackWith({ webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service' }),
    }),
    result: 'wrong',
    says: 'service wants 0 web tasks.',
    fix: /^aws ecs update-service .* --desired-count 2$/,
  },
]);

/** AWS Batch on the queue and the compute environment of the import jobs. */
const importQueue = (queues: readonly object[], computeEnvironment: object) => ({
  DescribeJobQueues: { jobQueues: queues },
  DescribeComputeEnvironments: { computeEnvironments: [{ state: 'ENABLED', status: 'VALID', ...computeEnvironment }] },
});
const ENOUGH_VCPUS = { computeResources: { maxvCpus: prod.userImport?.maxvCpus } };

describeAnswers('queue', [
  {
    title: 'a queue that is gone takes no job',
    aws: importQueue([], ENOUGH_VCPUS),
    result: 'wrong',
    says: 'Import jobs stay RUNNABLE: the queue is gone.',
    fix: REDEPLOY,
  },
  {
    title: 'every fault of queue and compute environment is named',
    aws: importQueue([{ state: 'DISABLED', status: 'VALID' }], {
      status: 'INVALID',
      computeResources: { maxvCpus: 1 },
    }),
    result: 'wrong',
    says:
      'Import jobs stay RUNNABLE: the queue is DISABLED VALID, the compute environment is ENABLED INVALID, ' +
      'all jobs together may have 1 vCPUs, not 16.',
    // A deployment does not enable a queue: CloudFormation is not known to compare it.
    fix: /^aws batch update-job-queue .* --state ENABLED\nnpx cdk deploy ProoflinkProd --revert-drift$/,
  },
]);
