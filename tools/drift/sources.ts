import { spawnSync } from 'node:child_process';
import { CloudFormationClient, paginateDescribeStackResourceDrifts } from '@aws-sdk/client-cloudformation';
import type { Sources } from './run';

const cli = require.resolve('aws-cdk/bin/cdk');

/** The CDK CLI of this repository, and CloudFormation. */
export const sources: Sources = {
  detect: (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'drift', ...args], { encoding: 'utf8' });
    return { exitCode: status, output: `${stdout}${stderr}` };
  },
  read: async (region, stack) => {
    const pages = paginateDescribeStackResourceDrifts(
      { client: new CloudFormationClient({ region }) },
      { StackName: stack },
    );
    const drifts = [];
    for await (const { StackResourceDrifts = [] } of pages) drifts.push(...StackResourceDrifts);
    return drifts;
  },
};
