import {
  allow,
  policy,
  resource,
  review,
  reviewResource,
  securityGroup,
  tcp,
  writeAssembly,
} from './support/assemblies';

describe('cdk diff is a second judge', () => {
  it('where it reports more than this review, that is said', () => {
    const task = (Cpu: string) => resource('AWS::ECS::TaskDefinition', { Cpu });
    const larger = reviewResource(task('256'), task('512'));
    // A new revision is no destruction.
    expect(larger.stdout).toContain('<code>cdk diff</code>: nothing destructive, no broader permissions</summary>');
    expect(larger.exitCode).toBe(0);

    const group = (range: string) => securityGroup(tcp(443, range));
    const narrower = reviewResource(group('10.0.0.0/8'), group('10.0.0.0/16'));
    expect(narrower.stdout).toContain(
      '<code>cdk diff</code> reports more than this review: broader permissions</summary>',
    );
    const wider = reviewResource(group('10.0.0.0/16'), group('10.0.0.0/8'));
    expect(wider.stdout).toContain('<code>cdk diff</code>: broader permissions</summary>');
  });

  it('and where it cannot print a change, as with control characters in a policy, the review can', () => {
    const { exitCode, stdout } = reviewResource(policy(allow('s3:Get*')), policy(allow('s3:\u0001*')));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Newly allowed: <code>s3');
    expect(stdout).toContain('cdk diff fails: ');
  });
});

it('what cdk diff prints is cut where it is long, says so, and cannot leave its block', () => {
  const write = (DisplayName: string) => {
    const topics = Array.from({ length: 100 }, (_, index) => [
      `Topic${index}`,
      resource('AWS::SNS::Topic', { DisplayName }),
    ]);
    return writeAssembly({
      stacks: { ProoflinkDev: { resources: Object.fromEntries(topics) as Record<string, unknown> } },
    });
  };
  const { stdout } = review(write('a'), write('\n```\n</details> @octocat'), { markdown: true });
  expect(stdout).toMatch(/\n````\nResources\n[^]*\n```\n<\/details> @octocat\n[^]*\n````\n/);
  expect(stdout).toMatch(/\n````\n\n_\d+ more lines omitted\._\n\n<\/details>/);
});
