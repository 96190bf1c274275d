import { Output, SIGN_IN_PATH } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { readLastLinesOfTask } from '@infra/operate/deployed/log-stream';
import { readWebState } from '@infra/operate/deployed/web-state';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import type { Question } from '../../question';
import { webLogCommand } from './known-texts';
import { ARRIVAL, request } from './entrance';
import { words } from './words';

/** Question on Auth.js, which answers 500 to everything if its options are wrong, while the health check is well. */
export const SIGN_IN: Question = {
  id: 'sign-in',
  statement: words.signIn.statement,
  firstAskedBy: 'status',
  applies: ARRIVAL.applies,
  ask: checkSignIn,
};

/** Requests the session, as every page of the application does. Another answer than 500 says nothing: it may be no Auth.js. */
async function checkSignIn(environment: Environment): Promise<Answer> {
  const url = `${environment.outputs[Output.applicationUrl] ?? ''}${SIGN_IN_PATH}session`;
  const response = await request(url);
  if (response instanceof Error || response.status !== 500) return NOTHING_WRONG;
  const line = await lastErrorOfAuthJs(environment);
  return wrongAnswer({ says: words.signIn.fails({ url, line }), fix: webLogCommand(environment) });
}

/** Lines that are read of each task's log; the load balancer's health checks may be among them. */
const LINE_COUNT = 200;

/** Line of Auth.js in versions 4 (`[next-auth][error]`) and 5. */
const ERROR_OF_AUTH_JS = /\[(next-)?auth\]\[error\]/;

async function lastErrorOfAuthJs(environment: Environment): Promise<string> {
  const { tasks } = await readWebState(environment);
  const logs = await Promise.all(tasks.map((task) => readLastLinesOfTask(environment, task, LINE_COUNT)));
  return logs.flat().findLast((line) => ERROR_OF_AUTH_JS.test(line)) ?? '';
}
