import { Part } from '../../src/app';
import { names } from '../support/running-dev';
import { command } from '@infra/commands/test/support/prooflink';
import { balancing, ecs, rds, secrets } from '@infra/operate/test/health/clients';
import { doctor, idOf, REVERT, textsOf, revokeInboundRules } from './breaking';

export function deletedCases(): void {
  describe('what was deleted by hand', () => {
    it('a listener', async () => {
      const ListenerArn = await idOf(Part.httpListener);
      await balancing.deleteListener({ ListenerArn });
      expect((await doctor()).cause).toMatchObject({
        says: expect.stringMatching(
          /^LoadBalancer\/\S+ \(AWS::ElasticLoadBalancingV2::Listener\): deleted by hand\.$/,
        ) as string,
        fix: expect.stringMatching(REVERT) as string,
      });
    });

    it('a person reads in 80 columns: what fixes it, and what else there is', async () => {
      process.env['AWS_ENDPOINT_URL_ECR'] = 'http://127.0.0.1:1';
      const { exitCode, stdout } = await command('doctor', 'dev');
      delete process.env['AWS_ENDPOINT_URL_ECR'];
      expect(exitCode).toBe(1);
      const firstScreen = stdout.split('\n').slice(0, 20).join('\n');
      expect(firstScreen).toMatch(/^dev(: users are without service\.| is not well)/);
      expect(firstScreen).toMatch(
        /\nFirst cause: “Nothing on the way of a request was changed by hand” is not\strue\.\n/,
      );
      expect(firstScreen).toContain('\nWhat fixes it:\n  npm run prooflink -- revert-drift dev\n');
      expect(stdout).toMatch(/\nCould not be asked\n.+\n│ The image of the web tasks +│ Error: /);
      expect(stdout).not.toContain('…');
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    });

    it('a secret, then the service: what is gone is said, and the fix', async () => {
      const SecretId = await idOf(Part.sessionSecret);
      await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
      const [cause] = textsOf(await doctor(), 'wrong');
      expect(cause).toMatch(/^It is not there: ResourceNotFoundException: /);
      expect(cause).toMatch(/\(DescribeSecret arn:aws:secretsmanager:.*SessionSecret/);
      await ecs.deleteService({ cluster: names.cluster, service: names.service, force: true });
      expect((await doctor()).answers.find(({ id }) => id === 'way-to-tasks')).toMatchObject({
        result: 'wrong',
        says: expect.stringContaining('there is no service prooflink-dev-cluster/prooflink-dev-service') as string,
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
