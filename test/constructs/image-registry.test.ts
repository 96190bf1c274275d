import { at, deployed, firstDeploy } from '../support/deployed';
import type { Json } from '../support/template';

const rules = (stack = deployed('prod'), repository = 'prooflink-prod-app') =>
  at(stack.one('AWS::ECR::Repository', repository).properties, 'LifecyclePolicy.LifecyclePolicyText.rules') as Record<
    string,
    Json
  >[];

test('the running image is never deleted, however many are pushed after it: ECS restarts a task from it', () => {
  expect(rules()[0]).toMatchObject({
    rulePriority: 1,
    selection: { tagStatus: 'tagged', tagPatternList: ['v1'], countType: 'imageCountMoreThan', countNumber: 1 },
  });
});

test('before the first release the rule names latest: ECR refuses an empty tag', () => {
  expect(at(rules(firstDeploy('prod'))[0], 'selection.tagPatternList')).toEqual(['latest']);
});

test('the image of the import jobs is kept by its own tag', () => {
  expect(at(rules(deployed('prod'), 'prooflink-prod-batch')[0], 'selection.tagPatternList')).toEqual(['latest']);
});

test.each([
  ['dev', 10],
  ['prod', 30],
] as const)('%s keeps the newest %d tagged images', (environment, count) => {
  expect(rules(deployed(environment), `prooflink-${environment}-app`)[1]).toMatchObject({
    selection: { tagStatus: 'tagged', tagPatternList: ['*'], countNumber: count },
  });
});

test('an image whose tag moved stays for two weeks: a task that runs it is restarted by digest', () => {
  expect(rules()[2]).toMatchObject({
    selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
  });
});

test('each rule deletes what it selects', () => {
  expect(rules().map(({ action }) => action)).toEqual(Array(3).fill({ type: 'expire' }));
});

test('images go with dev and stay with prod: ECR keeps a repository that is not empty, and the deletion would fail', () => {
  const empties = (environment: 'dev' | 'prod') =>
    deployed(environment)
      .all('AWS::ECR::Repository')
      .map(({ properties }) => properties['EmptyOnDelete'] ?? false);
  expect(empties('dev')).toEqual([true, true]);
  expect(empties('prod')).toEqual([false, false]);
});
