import { endWithOutcome } from '@infra/common/outcome';
import { addCommand, newProgram } from '../src/program';
import { call } from './support/call';

jest.mock('@infra/common/language', () => ({
  ...jest.requireActual<object>('@infra/common/language'),
  language: 'ja',
}));

it('an error that nobody foresaw is called so in the language of the terminal', async () => {
  const program = newProgram('sample', 'A sample.');
  const lost = () => Promise.reject(new Error('lost'));
  addCommand(program, { name: 'greet', summary: 'Greets.', exitCodes: { 0: 'greeted', 2: 'not greeted' } }).action(() =>
    endWithOutcome(lost),
  );
  const { exitCode, stdout, stderr } = await call(program, 'greet');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^このプログラムの予期しないエラーです: lost\n/);
});
