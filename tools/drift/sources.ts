import { spawnSync } from 'node:child_process';
import { CloudFormationClient, paginateDescribeStackResourceDrifts } from '@aws-sdk/client-cloudformation';
import { awsClient, list } from '../shared/aws';
import type { Sources } from './run';

const cli = require.resolve('aws-cdk/bin/cdk');

/** The CDK CLI of this repository, and CloudFormation. */
export const sources: Sources = {
  detect: (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'drift', ...args], { encoding: 'utf8' });
    return { exitCode: status, output: `${stdout}${stderr}` };
  },
  read: async (region, stack) => {
    const client = awsClient(CloudFormationClient, { region });
    const pages = paginateDescribeStackResourceDrifts({ client }, { StackName: stack });
    return await list(pages, 'StackResourceDrifts');
  },
};
