import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECR } from '@aws-sdk/client-ecr';
import { readStack } from '@infra/deployed/deployed-stack';
import { command } from '@infra/commands/test/support/prooflink';
import { ask, doctor, textsOf } from './breaking';

/** Asks while a service refuses its callers. */
async function whileRefused<T>(Class: { readonly prototype: object }, work: () => Promise<T>): Promise<T> {
  const client = Class.prototype as { send: () => Promise<unknown> };
  const spy = jest.spyOn(client, 'send').mockImplementation(() => {
    return Promise.reject(Object.assign(new Error('somebody is not authorized'), { name: 'AccessDeniedException' }));
  });
  return await work().finally(() => {
    spy.mockRestore();
  });
}

/**
 * Does something while a service takes connections, and never answers. The local AWS may answer within a millisecond.
 * @param variable - Variable with the endpoint of the service.
 * @returns Number of connections that the service took.
 */
async function whileSilent(variable: string, work: () => Promise<void>): Promise<number> {
  let connections = 0;
  const silent = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const variables = jest.replaceProperty(process, 'env', { ...process.env, [variable]: endpoint });
  await work().finally(() => {
    variables.restore();
    silent.close();
  });
  return connections;
}

export function unknownCases(): void {
  describe('what cannot be asked is named, hides nothing else, and is no “well”', () => {
    it('for want of a right', async () => {
      const reported = await whileRefused(ECR, () => doctor());
      expect(reported.exitCode).toBe(2);
      expect(textsOf(reported, 'unknown')).toEqual([
        'AccessDeniedException: somebody is not authorized (DescribeImages)',
        'AccessDeniedException: somebody is not authorized (DescribeImages)',
      ]);
      expect(textsOf(reported, 'well').length).toBeGreaterThan(30);
    });

    it('for want of the stack: a refused caller need not sign in, and a program gets JSON all the same', async () => {
      const reported = await whileRefused(CloudFormation, () => doctor());
      expect(reported).toMatchObject({ environment: 'dev', exitCode: 2 });
      expect(JSON.stringify(reported)).toContain('ProoflinkDev in ap-northeast-1 could not be asked: ');
      expect(JSON.stringify(reported)).not.toContain('Sign in');
      expect(await ask('status', {})).toHaveProperty('cause');
    });

    it('for want of an answer in time', async () => {
      await whileSilent('AWS_ENDPOINT_URL', async () => {
        const says = /ProoflinkDev in ap-northeast-1 could not be asked: TimeoutError: .* 50 ms/;
        await expect(readStack('dev', { timeoutMs: 50 })).rejects.toThrow(says);
      });
    });

    // Three tries of ten seconds each kept a person waiting for 32 seconds.
    it('for want of an answer of one service, which is tried once: its questions are listed with one answer', async () => {
      let report = '';
      const connections = await whileSilent('AWS_ENDPOINT_URL_IAM', async () => {
        report = (await command('doctor', 'dev')).stdout;
      });
      const [, unansweredQuestions = ''] = report.split('Could not be asked\n');
      const [, firstRow = ''] = unansweredQuestions.split('\n');
      expect(firstRow).toMatch(/^│ The web tasks may be started +│ TimeoutError: IAM did not answer in ten +│$/);
      expect(report.match(/IAM did not answer in ten +│/g)).toHaveLength(1);
      expect(report).toContain('dev: could not be asked: 5, ');
      expect(connections).toBeLessThan(30);
    }, 60_000);
  });
}
