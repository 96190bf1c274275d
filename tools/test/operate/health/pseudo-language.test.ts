import { type HealthResult, type ReportedAnswer, RESULTS_WORST_FIRST } from '../../../operate/health/answer';
import { askQuestions } from '../../../operate/health/ask-questions';
import type { HealthCommand } from '../../../operate/health/question';
import { renderReport } from '../../../operate/health/render';
import { outsideOfSentences } from '../../../../test/support/sentences';
import { whileAwsAnswers } from '../../support/answer-commands';
import { environmentWith } from './aws-answers';

// Jest speaks the pseudo-language in this folder (speak-pseudo-language.ts); aws-answers.ts guards each answer.

/** A report that has answers with some results. */
function report(command: HealthCommand, results: readonly HealthResult[]): string {
  const answers = results.map((result): ReportedAnswer => {
    return { id: result, statement: `⟦statement⟧`, result, says: '⟦a sentence of an answer⟧', fix: '⟦a fix⟧' };
  });
  return renderReport({ environmentName: 'dev', command, answers, terminalWidth: 60 });
}

/** Words of a report outside of its sentences. A sentence in a table goes on in the next row of its column. */
function ownWords(text: string): string {
  const lines = text.split('\n');
  const rows = lines.filter((line) => line.startsWith('│')).map((line) => line.split('│'));
  const statements = rows.map(([, statement]) => statement).join('');
  const answers = rows.map(([, , answer]) => answer).join('');
  const otherLines = lines.filter((line) => !/^[│┌├└]/.test(line)).join('\n');
  return [statements, answers, otherLines].map(outsideOfSentences).join('').trim();
}

describe.each(['status', 'doctor', 'first-contact'] as const)('a report of %s has no word of its own', (command) => {
  it.each(RESULTS_WORST_FIRST)('if all answers are %s', (result) => {
    expect(ownWords(report(command, [result]))).toBe('');
  });

  it('with answers of each result', () => {
    expect(ownWords(report(command, RESULTS_WORST_FIRST))).toBe('');
  });
});

// A deployment would make an empty database. The words of the error were searched, which no other language has.
test('a lost database is restored before a deployment in every language', async () => {
  const { environment, service } = environmentWith()();
  const aws = { DescribeServices: { services: [service] }, DescribeDBInstances: { DBInstances: [] } };
  const answers = await whileAwsAnswers(aws, () => askQuestions(environment, 'status'));
  const database = answers.find(({ id }) => id === 'database');
  expect(database?.fix).toMatch(/^⟦the database first: /);
});
