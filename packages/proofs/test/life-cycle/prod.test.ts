import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { Part } from '@infra/commands/app';
import { prod } from '@infra/testing/configs';
import { synthesize } from '@infra/testing/synth';
import { scratch } from './support/apps';
import { opensInBrowser } from './support/browser';
import { holdings } from './support/holdings';
import { Life } from './support/life';
import { live } from './support/live';
import { tellsOfFailedImports } from './support/mail';
import { followsRunbook, restoresBackup } from './support/runbook';
import { sdk } from './support/sdk';
import { serves } from './support/serving';
import {
  changes,
  deploy,
  expectListingToSee,
  prepared,
  releases,
  survivesKills,
  survivesKillsOfTheFirstDeploy,
} from './support/steps';

const KEPT = [
  'AWS::ECR::Repository',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];
/** The runbook, "Deleting prod on purpose": what the database runs in. The VPC follows the subnets. */
const HELD_BY_THE_DATABASE = ['AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::Subnet'];

const life = new Life('prod');
const { cloudFormation, elb } = sdk;
const StackName = life.stack;
const kept = () => Promise.all([holdings(life.names), life.addedResources(KEPT)]);

/** The runbook, "Deleting prod on purpose", step 2. */
function deployDeletable(): readonly string[] {
  const config = { ...prod, terminationProtection: { off: 'it is deleted on purpose' } };
  const app = synthesize({ prod: config }, undefined, mkdtempSync(join(scratch, 'deletable-')));
  return deploy('', '', '--app', app);
}

async function loadBalancerArn(): Promise<string | undefined> {
  const resources = await life.resources();
  return resources.find(({ ResourceType }) => ResourceType === Part.loadBalancer.type)?.PhysicalResourceId;
}

/** Type and logical id of what CloudFormation could not delete the last time. */
async function refused(): Promise<[string, string][]> {
  const { StackEvents = [] } = await cloudFormation.describeStackEvents({ StackName });
  const ofStack = (status: string) => (event: StackEvent) =>
    event.ResourceType === 'AWS::CloudFormation::Stack' && event.ResourceStatus === status;
  // The newest event comes first.
  return StackEvents.slice(0, StackEvents.findIndex(ofStack('DELETE_IN_PROGRESS')))
    .filter((event) => event.ResourceStatus === 'DELETE_FAILED' && !ofStack('DELETE_FAILED')(event))
    .map(({ ResourceType = '', LogicalResourceId = '' }) => [ResourceType, LogicalResourceId]);
}

live(life, [
  ...prepared(life),
  ...survivesKillsOfTheFirstDeploy(life),
  ...releases(life),
  ...serves(life),
  opensInBrowser(life),
  tellsOfFailedImports(life, life.config.alarms?.email ?? ''),
  ...followsRunbook(life),
  ...restoresBackup(life),
  ...changes(life),
  ...survivesKills(life),
  {
    name: 'cdk destroy is refused, and the deletion of the load balancer alone; nothing is touched',
    unchanged: () => Promise.all([holdings(life.names), life.events()]),
    calls: [
      async () => {
        const LoadBalancerArn = await loadBalancerArn();
        await expect(elb.deleteLoadBalancer({ LoadBalancerArn })).rejects.toThrow('deletion protection is enabled');
      },
      ['cdk', 'destroy'],
    ],
    failsWith: 'TerminationProtection is enabled',
    status: 'UPDATE_COMPLETE',
  },
  { name: 'the listing sees all that could get lost', calls: [], check: () => expectListingToSee(life) },
  {
    name: 'with the protection switched off by a deploy, database, files, images, secrets and logs survive cdk destroy',
    unchanged: kept,
    calls: [deployDeletable, ['cdk', 'destroy']],
    failsWith: 'DELETE_FAILED',
    check: async () => {
      expect((await refused()).map(([type]) => type).sort()).toEqual(HELD_BY_THE_DATABASE);
    },
  },
  {
    name: 'deleted again, each time retaining what it was refused, the stack is gone and the data is not',
    unchanged: kept,
    calls: [
      async () => {
        for (let again = 1; await life.describe(); again += 1) {
          expect(again).toBeLessThanOrEqual(2);
          const RetainResources = (await refused()).map(([, logicalId]) => logicalId);
          await cloudFormation.deleteStack({ StackName, RetainResources });
        }
      },
    ],
  },
]);
