import { Part } from '@infra/commands/app';
import { names } from '@infra/local/test/support/running-dev';
import { ecs, rds, secrets } from '../health/clients';
import { doctor, idOf, textsOf, revokeInboundRules } from './breaking';

export function deletedCases(): void {
  describe('what was deleted by hand', () => {
    it('a secret, then the service: what is gone is said, and the fix', async () => {
      const SecretId = await idOf(Part.sessionSecret);
      await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
      const [cause] = textsOf(await doctor(), 'wrong');
      expect(cause).toMatch(/^It is not there: ResourceNotFoundException: /);
      expect(cause).toMatch(/\(DescribeSecret arn:aws:secretsmanager:.*SessionSecret/);
      await ecs.deleteService({ cluster: names.cluster, service: names.service, force: true });
      expect((await doctor()).answers.find(({ id }) => id === 'way-to-tasks')).toMatchObject({
        result: 'wrong',
        says: expect.stringContaining(
          'there is no AWS::ECS::Service prooflink-dev-cluster/prooflink-dev-service',
        ) as string,
        fix: expect.stringContaining('revert-drift') as string,
      });
    });

    it('the database: no command makes an empty one in its place, whatever else a deploy would fix', async () => {
      await revokeInboundRules(names.securityGroups.alb);
      await rds.deleteDBInstance({ DBInstanceIdentifier: names.dbInstance, SkipFinalSnapshot: true });
      const reported = await doctor();
      const fix = 'the database first: “Restoring a lost environment” in docs/moving-in.md';
      expect(reported.cause).toMatchObject({ says: expect.stringContaining('does not admit') as string, fix });
      expect(reported.answers.find(({ id }) => id === 'database')).toMatchObject({
        says: expect.stringMatching(/^It is not there: DBInstanceNotFound.*prooflink-dev-db/) as string,
        fix,
      });
      expect(JSON.stringify(reported)).not.toContain('revert-drift');
    });
  });
}
