import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { command } from '@infra/testing/prooflink';

/**
 * Does something while a service takes connections, and never answers.
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
  // Three tries of ten seconds each kept a person waiting for 32 seconds.
  it('a service that does not answer in time is tried once: its questions are listed with one answer', async () => {
    let report = '';
    const connections = await whileSilent('AWS_ENDPOINT_URL_IAM', async () => {
      report = (await command('doctor', 'dev')).stdout;
    });
    const [, unansweredQuestions = ''] = report.split('Could not be asked\n');
    const [, firstRow = ''] = unansweredQuestions.split('\n');
    expect(firstRow).toMatch(/^│ The web tasks may be started +│ TimeoutError: IAM did not answer in ten +│$/);
    expect(report.match(/IAM did not answer in ten +│/g)).toHaveLength(1);
    expect(report).toContain('dev: could not be asked: 6, ');
    expect(connections).toBeLessThan(30);
  }, 60_000);
}
