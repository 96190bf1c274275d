import { doctor, saying, secretId } from './breaking';
import { withJobDefinition } from './jobs';

export function secretCases(): void {
  it.each([
    ['has no value', 'Master', /^The secret setting SMTP_PASSWORD of the import jobs has no value\.$/],
    [
      'is in no JSON',
      'SessionSecret',
      /^The secret ProoflinkDev.*, of which the import jobs want SMTP_PASSWORD, is no JSON/,
    ],
  ])('a secret setting %s', async (_, secret, says) => {
    const valueFrom = `${await secretId(secret)}:SMTP_PASSWORD::`;
    const mend = await withJobDefinition(({ secrets = [] }) => ({
      secrets: [...secrets, { name: 'SMTP_PASSWORD', valueFrom }],
    }));
    const told = await doctor();
    await mend();
    expect(saying(told, 'wrong')).toContainEqual(expect.stringMatching(says));
    // The role reads the secrets of the template only.
    if (secret === 'Master')
      expect(told.cause?.says).toMatch(/batch-execution-role may not secretsmanager:GetSecretValue on secret:/);
  });
}
