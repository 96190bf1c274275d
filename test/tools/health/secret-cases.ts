import { readStack } from '../../../tools/environment/deployed-stack';
import { doctor, saying, secretId } from './breaking';
import { withJobDefinition } from './jobs';

export function secretCases(): void {
  it('a secret setting without a value is told with the command that sets it', async () => {
    const master = (await readStack('dev')).ids('AWS::SecretsManager::Secret').find((id) => id.includes('Master'));
    const setting = { name: 'SMTP_PASSWORD', valueFrom: `${master ?? ''}:SMTP_PASSWORD::` };
    const mend = await withJobDefinition(({ secrets = [] }) => ({ secrets: [...secrets, setting] }));
    const told = await doctor();
    await mend();
    expect(saying(told, 'wrong')).toContain('The secret setting SMTP_PASSWORD of the import jobs has no value.');
    // The role reads the secrets of the template only.
    expect(told.cause?.says).toMatch(/batch-execution-role may not secretsmanager:GetSecretValue on secret:/);
  });

  it('a secret that is no JSON, of which a container wants a key', async () => {
    const id = await secretId('SessionSecret');
    const mend = await withJobDefinition(({ secrets = [] }) => ({
      secrets: [...secrets, { name: 'SMTP_PASSWORD', valueFrom: `${id}:SMTP_PASSWORD::` }],
    }));
    const told = await doctor();
    await mend();
    expect(saying(told, 'wrong')).toContainEqual(
      expect.stringMatching(
        /^The secret ProoflinkDev.*, of which the import jobs want SMTP_PASSWORD, is no JSON object/,
      ),
    );
  });
}
