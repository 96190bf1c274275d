import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QUESTIONS } from '../../../tools/health/questions/all';
import { page } from '../../docs/documents';
import { askQuestion, standing } from './aws-answers';

test('the table of docs/proofs.md is what is asked, row by row', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const rows = [...chapter.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, sees = '']) => sees).slice(2);
  const isRow = ({ depth, words }: (typeof QUESTIONS)[number]) => depth === 'contact' || rows.includes(words);
  expect(rows).toEqual(QUESTIONS.filter(isRow).map(({ words }) => words));
  expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
});

const servers: Server[] = [];
afterAll(async () => {
  await Promise.all(servers.map(end));
});

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('users arrive', () => {
  const arrive = (port: number, given: Parameters<typeof standing>[0] = {}) =>
    askQuestion('arrive', {}, standing({ ...given, outputs: { ApplicationUrl: `http://127.0.0.1:${port}` } }));
  const answering = (status: number) =>
    createServer(({ url }, response) => response.writeHead(url === '/api/health' ? status : 404).end());

  it.each([
    [200, 'well', / answers 200\./],
    [503, 'wrong', / answers 503\./],
    [301, 'wrong', / answers 301\./],
  ])('where the application answers %i', async (status, result, says) => {
    expect(await arrive(await listen(answering(status)))).toMatchObject({
      result,
      says: expect.stringMatching(says) as string,
    });
  });

  it('before a release there is nobody to answer', async () => {
    const answer = await arrive(await listen(answering(503)), { parameters: { AppImageTag: '' } });
    expect(answer?.result).toBe('look');
  });

  it('from outside an office that alone is admitted, somebody there must look', async () => {
    const { loadBalancer } = standing()().it.config;
    const office = { config: { loadBalancer: { ...loadBalancer, allowedRanges: ['198.51.100.0/24'] } } };
    const server = answering(200);
    const port = await listen(server);
    await end(server);
    expect(await arrive(port)).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(await arrive(port, office as never)).toMatchObject({
      result: 'look',
      says: expect.stringContaining('198.51.100.0/24') as string,
    });
  });
});
