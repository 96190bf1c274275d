import { prod } from '../../../support/configs';
import { planRelease } from '../../../../tools/operate/release/plan';
import { answerCommands } from '../../support/answer-commands';
import { stackAnswers } from '../../support/parts';

afterEach(() => jest.restoreAllMocks());

test('a check that fails while the deployed template is still read is a problem, and no crash of the release', async () => {
  const { ListStackResources, GetTemplate } = stackAnswers({ database: 'prooflink-prod-db' });
  answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkProd', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources,
    GetTemplate: () =>
      new Promise((resolve) =>
        setTimeout(() => {
          resolve(GetTemplate);
        }, 50),
      ),
    DescribeImages: new Error('ExpiredToken'),
  });
  const { problems } = await planRelease('prod', prod, { appTag: 'v1' }, { Resources: {} });
  expect(problems).toContainEqual(
    expect.stringContaining('The registry prooflink-prod-app could not be asked: Error: ExpiredToken'),
  );
});
