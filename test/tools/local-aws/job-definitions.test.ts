import { BatchClient, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { type LocalAws, startLocalAws } from '../../../tools/local-aws/local-aws';

let aws: LocalAws;
let cloudFormation: CloudFormationClient;
let batch: BatchClient;

beforeAll(async () => {
  aws = await startLocalAws();
  const local = {
    endpoint: aws.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  cloudFormation = new CloudFormationClient(local);
  batch = new BatchClient(local);
}, 60_000);

afterAll(() => aws.stop());

/** A stack with one job definition of its own name. */
function stackOf(StackName: string, Command: string[], properties: Record<string, unknown>) {
  const ContainerProperties = { Image: 'busybox', Command, Vcpus: 1, Memory: 128 };
  const Properties = { JobDefinitionName: StackName, Type: 'container', ContainerProperties, ...properties };
  const TemplateBody = JSON.stringify({ Resources: { Job: { Type: 'AWS::Batch::JobDefinition', Properties } } });
  return { StackName, TemplateBody };
}

async function activeRevisions(jobDefinitionName: string): Promise<(number | undefined)[]> {
  const active = new DescribeJobDefinitionsCommand({ jobDefinitionName, status: 'ACTIVE' });
  const { jobDefinitions = [] } = await batch.send(active);
  return jobDefinitions.map(({ revision }) => revision).sort();
}

test.each([
  ['retires the revision before', 'retiring', {}, [2]],
  [
    'keeps it where the template says so',
    'keeping',
    { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } },
    [1, 2],
  ],
])('an update %s, and a deletion retires all', async (_, name, properties, revisions) => {
  await cloudFormation.send(new CreateStackCommand(stackOf(name, ['true'], properties)));
  await cloudFormation.send(new UpdateStackCommand(stackOf(name, ['false'], properties)));
  expect(await activeRevisions(name)).toEqual(revisions);
  await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  expect(await activeRevisions(name)).toEqual([]);
});
