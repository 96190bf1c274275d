import { drift, type Found, NOTHING, run } from './support/drifts';

describe('secrets, which ReadOnlyAccess cannot read', () => {
  const unknown = (id: 'Secret' | 'Attached', found: Found = {}) =>
    drift(id, { StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'AccessDenied', ...found });

  it('are named as unchecked in one line: a night that “could not tell” every time would be read by nobody', async () => {
    const { exitCode, stdout } = await run([unknown('Secret'), unknown('Secret'), unknown('Attached')], NOTHING);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('**`ProoflinkDev` is as deployed.**');
    expect(stdout.match(/^.*Secret.*$/gm)).toEqual([
      '<sub>Not checked, since that would take the right to read secrets: `AWS::SecretsManager::Secret`, ' +
        '`AWS::SecretsManager::SecretTargetAttachment`.</sub>',
    ]);
  });

  it('do not hide what else could not be told, nor a secret that is gone', async () => {
    const bucket = drift('Bucket', { StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'AccessDenied' });
    expect((await run([unknown('Secret'), bucket], NOTHING)).exitCode).toBe(2);
    expect((await run([unknown('Secret', { StackResourceDriftStatus: 'DELETED' })])).exitCode).toBe(1);
  });
});
