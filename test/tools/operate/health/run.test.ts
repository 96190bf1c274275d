import { QUESTIONS } from '../../../../tools/operate/health/questions/all';
import { page } from '../../../docs/documents';
import { askQuestion, standing } from './aws-answers';

test('the table of docs/proofs.md is what is asked, row by row', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const rows = [...chapter.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, sees = '']) => sees).slice(2);
  const isRow = ({ firstAskedBy, statement }: (typeof QUESTIONS)[number]) =>
    firstAskedBy === 'first-contact' || rows.includes(statement);
  expect(rows).toEqual(QUESTIONS.filter(isRow).map(({ statement }) => statement));
  expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length);
});

test('changes by hand come behind what names a cause, and before what blames the application', () => {
  const order = ['way-to-tasks', 'secrets-app', 'database', 'queue', 'by-hand', 'healthy', 'jobs-start', 'deployment'];
  expect(QUESTIONS.map(({ id }) => id).filter((id) => order.includes(id))).toEqual(order);
});

const office = { ...standing()().it.config.loadBalancer, allowedRanges: ['198.51.100.0/24'] };
const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 192.0.2.1:443') });

describe('users arrive', () => {
  it.each([
    ['the application answers', 200, 'well', / answers 200\./, {}],
    ['it does not', 503, 'wrong', / answers 503\./, {}],
    ['it leads elsewhere', 301, 'wrong', / answers 301\./, {}],
    ['there was no release yet', 503, 'look', /no release yet/, { parameters: { AppImageTag: '' } }],
    ['nothing is there', refused, 'wrong', /cannot be reached from here: Error: connect ECONNREFUSED/, {}],
    ['only an office is admitted', refused, 'look', /admits 198\.51\.100\.0\/24/, { config: { loadBalancer: office } }],
  ])('%s: %s', async (_, given, result, says, where) => {
    const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(() => {
      return typeof given === 'number' ? Promise.resolve(new Response(null, { status: given })) : Promise.reject(given);
    });
    const answer = await askQuestion('arrive', {}, standing(where));
    expect(answer).toMatchObject({ result, says: expect.stringMatching(says) as string });
    const url = 'https://prooflink.example.com/api/health';
    expect(fetched).toHaveBeenCalledWith(url, expect.objectContaining({ redirect: 'manual' }));
    fetched.mockRestore();
  });
});
