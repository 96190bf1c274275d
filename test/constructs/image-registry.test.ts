import { Capture, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { ImageRegistry, type ImageRegistryProps } from '../../lib/constructs/image-registry';
import { newStack } from '../support/construct';

const REPOSITORY = 'AWS::ECR::Repository';

const PROPS: ImageRegistryProps = {
  repositoryName: 'test-app',
  runningTag: 'v1',
  immutableTags: 'on',
  scanOnPush: 'on',
  keptImages: 12,
  untaggedExpiration: Duration.days(21),
  removalPolicy: RemovalPolicy.RETAIN,
};

function build(stack: Stack, props: Partial<ImageRegistryProps> = {}): Template {
  new ImageRegistry(stack, 'Registry', { ...PROPS, ...props });
  return Template.fromStack(stack);
}

/** Rules of the repository's lifecycle, in their order. */
function lifecycleRules(): object[] {
  const rules = new Capture();
  build(newStack()).hasResourceProperties(REPOSITORY, {
    LifecyclePolicy: { LifecyclePolicyText: Match.serializedJson({ rules }) },
  });
  return rules.asArray() as object[];
}

test('the running image is never deleted, however many are pushed after it', () => {
  // ECS restarts a task from it. An image that the first rule selects is out of reach of the others.
  const [running] = lifecycleRules();
  expect(running).toMatchObject({
    rulePriority: 1,
    selection: { tagStatus: 'tagged', tagPatternList: ['v1'], countType: 'imageCountMoreThan', countNumber: 1 },
  });
});

test('the newest tagged images are kept, as many as configured', () => {
  const [, newest] = lifecycleRules();
  expect(newest).toMatchObject({
    rulePriority: 2,
    selection: { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 12 },
  });
});

test('an image whose tag moved stays for the configured days', () => {
  // ECS restarts a task that runs it by digest.
  const [, , untagged] = lifecycleRules();
  expect(untagged).toMatchObject({
    rulePriority: 3,
    selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 21 },
  });
});

test('each rule deletes what it selects', () => {
  // ECR refuses a policy with a rule that does not say so.
  for (const rule of lifecycleRules()) expect(rule).toHaveProperty('action', { type: 'expire' });
});

test('no other rule deletes images', () => {
  expect(lifecycleRules()).toHaveLength(3);
});

test('a tag that is known at deploy time only is part of the rule’s text', () => {
  // ECR refuses the CDK's placeholder for it, and an object in its place.
  const stack = newStack();
  const { valueAsString: runningTag } = new CfnParameter(stack, 'Tag');
  const text = new Capture();
  build(stack, { runningTag }).hasResourceProperties(REPOSITORY, { LifecyclePolicy: { LifecyclePolicyText: text } });
  expect(text.asObject()).toEqual({
    'Fn::Join': ['', [expect.stringMatching(/"tagPatternList":\["$/), { Ref: 'Tag' }, expect.stringMatching(/^"\]/)]],
  });
});

test('images go with a registry that goes', () => {
  // ECR keeps a repository that is not empty, and the deletion of the stack would fail.
  const removed = build(newStack(), { removalPolicy: RemovalPolicy.DESTROY });
  removed.hasResourceProperties(REPOSITORY, { EmptyOnDelete: true });
});
