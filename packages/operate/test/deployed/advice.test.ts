import { hasCommand } from '@infra/commands/prooflink';
import { doctorAdvice, statusAdvice } from '../../src/deployed/advice';

jest.mock('@infra/commands/prooflink');

test('a command ends with the one that says how it is, or what is wrong', () => {
  jest.mocked(hasCommand).mockReturnValue(true);
  expect(statusAdvice('dev')).toBe('How it is: npm run prooflink -- status dev');
  expect(doctorAdvice('dev')).toBe('What is wrong: npm run prooflink -- doctor dev');
});

test('where a team has taken it out, no sentence names it', () => {
  jest.mocked(hasCommand).mockReturnValue(false);
  expect(statusAdvice('dev')).toBeUndefined();
  expect(doctorAdvice('dev')).toBeUndefined();
});
