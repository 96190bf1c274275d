import { at, deployed, firstDeploy } from '../support/deployed';

const REPOSITORY = 'AWS::ECR::Repository';

/** A rule of the lifecycle of prod's app registry, by default, by its place. */
function rule(index: number, stack = deployed('prod'), repository = 'prooflink-prod-app') {
  return stack.at(REPOSITORY, `LifecyclePolicy.LifecyclePolicyText.rules.${index}`, repository);
}

test('the running image is never deleted, however many are pushed after it: ECS restarts a task from it', () => {
  expect(rule(0)).toMatchObject({
    rulePriority: 1,
    selection: { tagStatus: 'tagged', tagPatternList: ['v1'], countType: 'imageCountMoreThan', countNumber: 1 },
  });
});

test('before the first release the rule names latest: ECR refuses an empty tag', () => {
  expect(at(rule(0, firstDeploy('prod')), 'selection.tagPatternList')).toEqual(['latest']);
});

test('for import jobs the rule names latest until another tag is deployed', () => {
  expect(at(rule(0, deployed('prod'), 'prooflink-prod-batch'), 'selection.tagPatternList')).toEqual(['latest']);
});

test.each([
  { environment: 'dev', images: 10 },
  { environment: 'prod', images: 30 },
] as const)('$environment keeps the newest $images tagged images', ({ environment, images }) => {
  expect(at(rule(1, deployed(environment), `prooflink-${environment}-app`), 'selection')).toMatchObject({
    tagStatus: 'tagged',
    tagPatternList: ['*'],
    countNumber: images,
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

test.each([0, 1, 2])('rule %i deletes what it selects', (index) => {
  expect(at(rule(index), 'action')).toEqual({ type: 'expire' });
});

test('there is no fourth rule', () => {
  expect(rule(3)).toBeUndefined();
});

test.each([
  { environment: 'dev', fate: 'go with it: ECR keeps a repository that is not empty, and the deletion would fail' },
  { environment: 'prod', fate: 'stay' },
] as const)('the images of $environment $fate', ({ environment }) => {
  const repositories = deployed(environment).all(REPOSITORY);
  const emptied = repositories.map(({ properties }) => properties['EmptyOnDelete'] ?? false);
  expect(emptied).toEqual(environment === 'dev' ? [true, true] : [false, false]);
});
