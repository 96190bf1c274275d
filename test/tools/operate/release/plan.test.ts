import { prod } from '../../../support/configs';
import { planRelease } from '../../../../tools/operate/release/plan';
import { answerCommands } from '../../support/answer-commands';

afterEach(() => jest.restoreAllMocks());

test('a check that fails while the deployed template is still read is a problem, and no crash of the release', async () => {
  const StackResourceSummaries = [
    { ResourceType: 'AWS::RDS::DBInstance', LogicalResourceId: 'Database', PhysicalResourceId: 'prooflink-prod-db' },
  ];
  answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkProd', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources: { StackResourceSummaries },
    GetTemplate: () =>
      new Promise((resolve) =>
        setTimeout(() => {
          resolve({ TemplateBody: '{"Resources":{}}' });
        }, 50),
      ),
    DescribeImages: new Error('ExpiredToken'),
  });
  const { problems } = await planRelease('prod', prod, { appTag: 'v1' }, { Resources: {} });
  expect(problems).toContainEqual(
    expect.stringContaining('The registry prooflink-prod-app could not be asked: Error: ExpiredToken'),
  );
});
