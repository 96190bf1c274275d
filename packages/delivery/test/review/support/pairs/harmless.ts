/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { attribute, type Change, type RealStack } from '@infra/cost/test/support/real-stack';
import {
  BUCKET,
  DATABASE,
  type HarmlessPair,
  REGISTRY,
  replaceInProperty,
  SERVICE,
  set,
  TASK_DEFINITION,
  TASK_POLICY,
} from './pair';

const ALARM = 'Alarms/import-failed';
const LOG_GROUP = 'Web/Logs';

const statementsOf = (stack: RealStack) => stack.of(TASK_POLICY).PolicyDocument.Statement as Record<string, unknown>[];

/** Writes a resource's ARN out wherever the template reads it from the resource. */
const writeOutArn =
  (path: string, arn: string): Change =>
  (stack) =>
    stack.replace(JSON.stringify(attribute(path, 'Arn')(stack)), `{"Fn::Sub":"${arn}"}`);

/** Puts the items of a list in the reverse order. */
const reverse =
  (list: (stack: RealStack) => unknown): Change =>
  (stack) =>
    (list(stack) as unknown[]).reverse();

/** The same value, respelled. */
const SPELLINGS: readonly HarmlessPair[] = [
  {
    title: "a bucket's ARN is written with its reference",
    change: (stack) => writeOutArn(BUCKET, `arn:aws:s3:::\${${stack.id(BUCKET)}}`)(stack),
    direction: 'both ways',
  },
  {
    title: "a bucket's ARN is written with its name",
    change: writeOutArn(BUCKET, 'arn:aws:s3:::prooflink-prod-files-${AWS::AccountId}'),
    direction: 'both ways',
  },
  {
    title: "a role's ARN is written with its name",
    change: set(TASK_DEFINITION, {
      TaskRoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/prooflink-prod-ecs-task-role' },
    }),
    direction: 'both ways',
  },
  {
    title: 'a log group is written by its name',
    change: (stack) =>
      stack.replace(`"awslogs-group":{"Ref":"${stack.id(LOG_GROUP)}"}`, '"awslogs-group":"/ecs/prooflink-prod-app"'),
    direction: 'both ways',
  },
  {
    title: "a log group's ARN is written with its name",
    change: writeOutArn(LOG_GROUP, 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/ecs/prooflink-prod-app:*'),
    direction: 'both ways',
  },
  {
    title: 'the partition of an ARN is written out',
    change: ({ properties }) => {
      properties['assumeRoleArn'] = (properties['assumeRoleArn'] as string).replace('${AWS::Partition}', 'aws');
    },
    direction: 'both ways',
  },
  {
    title: 'the region is written by its pseudo parameter',
    change: (stack) =>
      stack.replace('"AWS_REGION","Value":"ap-northeast-1"', '"AWS_REGION","Value":{"Ref":"AWS::Region"}'),
    direction: 'both ways',
  },
  {
    title: 'the argument of Fn::GetAtt is a text',
    change: (stack) =>
      stack.replace(`{"Fn::GetAtt":["${stack.id(BUCKET)}","Arn"]}`, `{"Fn::GetAtt":"${stack.id(BUCKET)}.Arn"}`),
    direction: 'both ways',
  },
  {
    title: 'a number and a boolean are texts',
    change: set(DATABASE, { BackupRetentionPeriod: '7', MultiAZ: 'true' }),
    direction: 'both ways',
  },
  {
    title: 'a text is chosen from a list',
    change: set('Alarms/Topic', { DisplayName: { 'Fn::Select': [1, ['a', 'prooflink-prod alarms']] } }),
    direction: 'both ways',
  },
  {
    title: 'the name of an action has capitals or not',
    change: set(TASK_POLICY, { 'PolicyDocument.Statement.1.Action': 's3:listbucket' }),
    direction: 'both ways',
  },
  {
    title: 'JSON has white space',
    change: replaceInProperty('Alarms/Dashboard', 'DashboardBody', '{\\"widgets\\":', '{ \\"widgets\\" : '),
    direction: 'both ways',
  },
  {
    title: 'a dependency is in a list or not',
    change: (stack) => {
      stack.at('FileStorage/Folders/imports').DependsOn = stack.id(DATABASE);
    },
    direction: 'both ways',
  },
  {
    title: 'an empty list of tags is left out or not',
    change: set(ALARM, { Tags: [] }),
    direction: 'both ways',
  },
];

/** The same items in another order. */
const ORDERS: readonly HarmlessPair[] = [
  {
    title: 'values of an event pattern are in another order',
    change: reverse((stack) => stack.of('Alarms/ScanFindings/Rule').EventPattern.detail['repository-name']),
    direction: 'both ways',
  },
  {
    title: 'lifecycle rules, which have names, are in another order',
    change: reverse((stack) => stack.of(BUCKET).LifecycleConfiguration.Rules),
    direction: 'both ways',
  },
  {
    title: 'statements of a policy are in another order',
    change: reverse((stack) => statementsOf(stack)),
    direction: 'both ways',
  },
  {
    title: 'variables of a container are in another order',
    change: reverse((stack) => stack.of(TASK_DEFINITION).ContainerDefinitions[0].Environment),
    direction: 'both ways',
  },
  {
    title: 'subnets of a subnet group are in another order',
    change: reverse((stack) => stack.of('Database/SubnetGroup').SubnetIds),
    direction: 'both ways',
  },
];

/** Another value, which loses and opens nothing. */
const CHANGES: readonly HarmlessPair[] = [
  {
    title: 'a rule of a registry has another description',
    change: replaceInProperty(REGISTRY, 'LifecyclePolicy', 'Keep the newest 30', 'Keep 30'),
    direction: 'both ways',
  },
  {
    title: 'a policy becomes two with the same statements',
    change: (stack) => {
      const { PolicyDocument, Roles } = stack.of(TASK_POLICY);
      const [first, ...others] = statementsOf(stack);
      stack.set(TASK_POLICY, { 'PolicyDocument.Statement': others });
      stack.set('Second AWS::IAM::Policy', { Roles, PolicyDocument: { ...PolicyDocument, Statement: [first] } });
    },
    direction: 'both ways',
  },
  {
    title: 'untagged images are kept longer',
    change: replaceInProperty(REGISTRY, 'LifecyclePolicy', 'countNumber\\":14', 'countNumber\\":30'),
    direction: 'only this way',
  },
  {
    title: 'a service depends on one more resource',
    change: (stack) => {
      const service = stack.at(SERVICE);
      const dependencies = [service.DependsOn ?? []].flat();
      service.DependsOn = [...dependencies, stack.id(DATABASE)];
    },
    direction: 'only this way',
  },
];

export const HARMLESS: readonly HarmlessPair[] = [...SPELLINGS, ...ORDERS, ...CHANGES];
