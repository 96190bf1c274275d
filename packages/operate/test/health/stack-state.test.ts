import type { ReportedAnswer } from '../../src/health/answer';
import { askQuestions } from '../../src/health/ask-questions';
import { type Answers, whileAwsAnswers } from '@infra/deployed/test/support/answer-commands';
import { ago, askQuestion, environmentWith } from './aws-answers';

const STACK = { StackName: 'ProoflinkProd', StackId: 'arn:stack' };
const EMPTY = { template: { Resources: {} }, physicalIds: new Map<string, string>() };

/** First wrong answer of `doctor` on a stack in a state. All services refuse to be asked, but for these answers. */
async function causeIn(
  description: object,
  answers: Answers = {},
  resources = {},
): Promise<ReportedAnswer | undefined> {
  const { environment } = environmentWith({ description: { ...STACK, ...description }, ...resources })();
  const reported = await whileAwsAnswers(answers, () => askQuestions(environment, 'doctor'));
  return reported.find(({ result }) => result === 'wrong');
}

const underway = (LogicalResourceId: string, ResourceStatus: string, hours: number) => ({
  LogicalResourceId,
  ResourceType: 'AWS::ECS::Service',
  ResourceStatus,
  Timestamp: ago(hours),
});

describe('a stack that is on its way is not “well”', () => {
  it('it is being deleted', async () => {
    const description = { StackStatus: 'DELETE_IN_PROGRESS', DeletionTime: ago(1) };
    expect(await causeIn(description)).toMatchObject({
      id: 'stack',
      says: 'ProoflinkProd is being deleted, since 2026-11-26 11:00 (Tokyo). Nothing stops a deletion.',
      fix:
        'once it is deleted: npx cdk deploy ProoflinkProd\n' +
        'For the data: “Restoring a lost environment” in docs/moving-in.md',
    });
  });

  it('it was deleted in part', async () => {
    const description = { StackStatus: 'DELETE_FAILED', StackStatusReason: 'The following resource(s) failed: [Vpc].' };
    expect(await causeIn(description)).toMatchObject({
      id: 'stack',
      says: expect.stringMatching(/^ProoflinkProd was deleted in part\. .*\[Vpc\]\.$/) as string,
      fix: 'The deletion goes on. What has data is gone already, or is retained.\nnpx cdk destroy ProoflinkProd\nIf that fails: “A deletion that failed” in docs/runbook.md',
    });
  });

  it('nobody executed its first change set, and nothing else of it is asked', async () => {
    const description = { StackStatus: 'REVIEW_IN_PROGRESS', CreationTime: ago(3) };
    const { environment } = environmentWith({ description: { ...STACK, ...description }, resources: EMPTY })();
    const reported = await whileAwsAnswers({}, () => askQuestions(environment, 'doctor'));
    expect(reported).toEqual([
      expect.objectContaining({
        id: 'stack',
        result: 'wrong',
        says: expect.stringContaining('has a change set that nobody executed') as string,
        fix: 'npx cdk deploy ProoflinkProd',
      }),
    ]);
  });

  it('a first change set of a minute ago is about to be executed', async () => {
    const description = { StackStatus: 'REVIEW_IN_PROGRESS', CreationTime: ago(1 / 60) };
    expect(await causeIn(description, {}, { resources: EMPTY })).toBeUndefined();
  });

  it('its deployment is three hours old: what it waits for is named', async () => {
    const description = { StackStatus: 'UPDATE_IN_PROGRESS', LastUpdatedTime: ago(3) };
    const StackEvents = [
      underway('WebService', 'UPDATE_IN_PROGRESS', 2.9),
      underway('WebTask', 'UPDATE_COMPLETE', 2.9),
      underway('WebTask', 'UPDATE_IN_PROGRESS', 3),
      { ...underway('ProoflinkProd', 'UPDATE_IN_PROGRESS', 3), PhysicalResourceId: 'arn:stack' },
    ];
    expect(await causeIn(description, { DescribeStackEvents: { StackEvents } })).toMatchObject({
      id: 'deployment',
      says:
        'A deployment has been underway since 2026-11-26 09:00 (Tokyo) (UPDATE_IN_PROGRESS). ' +
        'It waits for: WebService (AWS::ECS::Service).',
    });
  });
});

/** The load balancer’s group admits nothing: a fault that a deployment would fix. */
const CLOSED: Answers = {
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: ['sg'] }] },
  DescribeSecurityGroups: { SecurityGroups: [{ GroupId: 'sg', GroupName: 'alb' }] },
};

describe('a deployment that CloudFormation would refuse is no fix by itself', () => {
  it.each([
    { stackStatus: 'UPDATE_ROLLBACK_FAILED', step: 'npx cdk rollback ProoflinkProd' },
    { stackStatus: 'UPDATE_FAILED', step: 'npx cdk rollback ProoflinkProd' },
    { stackStatus: 'CREATE_FAILED', step: 'npx cdk rollback ProoflinkProd' },
    { stackStatus: 'UPDATE_IN_PROGRESS', step: 'wait until ProoflinkProd is no longer UPDATE_IN_PROGRESS, then:' },
  ])('$stackStatus: $step', async ({ stackStatus, step }) => {
    const description = { StackStatus: stackStatus, LastUpdatedTime: ago(0.1) };
    expect(await causeIn(description, CLOSED)).toMatchObject({
      id: 'entrance',
      fix: `${step}\nnpm run prooflink -- revert-drift prod`,
    });
  });

  it('RDS lists no database: a deployment would make an empty one, so its data is restored first', async () => {
    const description = { StackStatus: 'UPDATE_COMPLETE' };
    expect(await causeIn(description, { ...CLOSED, DescribeDBInstances: { DBInstances: [] } })).toMatchObject({
      id: 'entrance',
      fix: 'the database first: “Restoring a lost environment” in docs/moving-in.md',
    });
  });

  it('a database that AWS does not let us describe is not lost', async () => {
    const description = { StackStatus: 'UPDATE_COMPLETE' };
    expect(await causeIn(description, CLOSED)).toMatchObject({
      id: 'entrance',
      fix: 'npm run prooflink -- revert-drift prod',
    });
  });

  const ROLLBACK = 'npx cdk rollback ProoflinkProd\nIf that fails: “A rollback that failed” in docs/runbook.md';

  it('UPDATE_ROLLBACK_FAILED itself is fixed by the rollback alone', async () => {
    const description = { StackStatus: 'UPDATE_ROLLBACK_FAILED' };
    expect(await causeIn(description, { DescribeStackEvents: { StackEvents: [] } })).toMatchObject({
      id: 'deployment',
      fix: ROLLBACK,
    });
  });

  it('a rollback whose web tasks would need a stopped database starts the database first', async () => {
    const database = { DBInstanceIdentifier: 'prooflink-prod-db', DBInstanceStatus: 'stopped' };
    const answers: Answers = {
      DescribeStackEvents: { StackEvents: [] },
      DescribeDBInstances: { DBInstances: [database] },
    };
    const given = environmentWith({ description: { ...STACK, StackStatus: 'UPDATE_ROLLBACK_FAILED' } });
    expect(await askQuestion('deployment', answers, given)).toMatchObject({
      fix: `aws rds start-db-instance --region ap-northeast-1 --db-instance-identifier prooflink-prod-db\n${ROLLBACK}`,
    });
  });
});
