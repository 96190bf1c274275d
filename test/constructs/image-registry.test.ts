import { at, deployed, firstDeploy } from '../support/deployed';

const REPOSITORY = 'AWS::ECR::Repository';
const rule = (index: number, stack = deployed('prod'), repository = 'prooflink-prod-app') =>
  stack.at(REPOSITORY, `LifecyclePolicy.LifecyclePolicyText.rules.${index}`, repository);

test('the running image is never deleted, however many are pushed after it: ECS restarts a task from it', () => {
  expect(rule(0)).toMatchObject({
    rulePriority: 1,
    selection: { tagStatus: 'tagged', tagPatternList: ['v1'], countType: 'imageCountMoreThan', countNumber: 1 },
  });
});

test('before the first release the rule names latest: ECR refuses an empty tag; so it does for import jobs', () => {
  expect(at(rule(0, firstDeploy('prod')), 'selection.tagPatternList')).toEqual(['latest']);
  expect(at(rule(0, deployed('prod'), 'prooflink-prod-batch'), 'selection.tagPatternList')).toEqual(['latest']);
});

test.each([
  ['dev', 10],
  ['prod', 30],
] as const)('%s keeps the newest %d tagged images', (environment, countNumber) => {
  expect(at(rule(1, deployed(environment), `prooflink-${environment}-app`), 'selection')).toMatchObject({
    tagStatus: 'tagged',
    tagPatternList: ['*'],
    countNumber,
  });
});

test('an image whose tag moved stays for two weeks: a task that runs it is restarted by digest', () => {
  expect(at(rule(2), 'selection')).toMatchObject({
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: 14,
  });
});

test('each rule deletes what it selects', () => {
  expect([0, 1, 2].map((index) => at(rule(index), 'action'))).toEqual(Array(3).fill({ type: 'expire' }));
  expect(rule(3)).toBeUndefined();
});

test('images go with dev and stay with prod: ECR keeps a repository that is not empty, and the deletion would fail', () => {
  const empties = (environment: 'dev' | 'prod') =>
    deployed(environment)
      .all(REPOSITORY)
      .map(({ properties }) => properties['EmptyOnDelete'] ?? false);
  expect([empties('dev'), empties('prod')]).toEqual([
    [true, true],
    [false, false],
  ]);
});
