import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnComputeEnvironment, CfnJobDefinition, CfnJobQueue } from 'aws-cdk-lib/aws-batch';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type App, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as guide from '@infra/testing/configs';
import { createStacks, type EnvironmentConfig, stackId } from '@infra/commands/app';
import { withFields } from '@infra/testing/config';
import { newApp } from '@infra/testing/synth';
import { pathOf, type Template } from '@infra/testing/template';

/** Name of the construct with what a team has added. */
const REPORTS = 'Reports';

/**
 * Writes an assembly with the guide's dev as a team has extended it: its import has a schedule, and beside it there are a
 * second job with its queue and compute environment, a second bucket and a further secret. In the template all of that comes
 * first: a tool that takes the first of a type finds it.
 *
 * @param migrates - True if the migration of the sample application is configured.
 */
export function extendedDev(outdir: string, migrates: boolean): string {
  const migration = migrates ? { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) } : undefined;
  const schedule = { time: '12:30', days: 'every-day', fileKey: 'imports/users.csv' };
  const dev = withFields(guide.dev, { 'webService.migration': migration, 'userImport.schedule': schedule });
  const app = newApp({ outdir });
  addReports(devStackOf(app, { ...guide, dev }));
  const { directory } = app.synth();
  putReportsFirst(join(directory, `${stackId('dev')}.template.json`));
  return directory;
}

function devStackOf(app: App, environments: Readonly<Record<string, EnvironmentConfig>>): Stack {
  const stack = createStacks(app, environments).find(({ stackName }) => stackName === stackId('dev'));
  if (!stack) throw new Error('dev has no stack');
  return stack;
}

function addReports(stack: Stack): void {
  const reports = new Construct(stack, REPORTS);
  const { publicSubnets } = stack.node.findChild('Network').node.findChild('Vpc') as IVpc;
  const { securityGroupId } = stack.node.findChild('SecurityGroups').node.findChild('Ecs') as ISecurityGroup;
  const { roleArn } = stack.node.findChild('Web').node.findChild('Roles').node.findChild('ExecutionRole') as IRole;
  const environment = new CfnComputeEnvironment(reports, 'ComputeEnvironment', {
    type: 'MANAGED',
    state: 'ENABLED',
    computeResources: {
      type: 'FARGATE',
      maxvCpus: 1,
      subnets: publicSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroupId],
    },
  });
  new CfnJobQueue(reports, 'JobQueue', {
    priority: 1,
    state: 'ENABLED',
    computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment.attrComputeEnvironmentArn }],
  });
  new CfnJobDefinition(reports, 'JobDefinition', {
    type: 'container',
    platformCapabilities: ['FARGATE'],
    containerProperties: {
      image: 'public.ecr.aws/docker/library/busybox:1',
      executionRoleArn: roleArn,
      resourceRequirements: [
        { type: 'VCPU', value: '0.25' },
        { type: 'MEMORY', value: '512' },
      ],
    },
  });
  new Bucket(reports, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new Secret(reports, 'MasterSecret');
}

/** Changes the template in place: the CDK CLI uploads it under the name that it has. */
function putReportsFirst(file: string): void {
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const isReport = (path: string) => path.startsWith(`${REPORTS}/`);
  const entries = Object.entries(template.Resources);
  const reports = entries.filter(([, resource]) => isReport(pathOf(resource)));
  const Resources = Object.fromEntries([...reports, ...entries]);
  // Indented as by the CDK: cases replace texts in it.
  writeFileSync(file, JSON.stringify({ ...template, Resources }, undefined, 1));
}
