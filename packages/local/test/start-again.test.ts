import { startAgainText } from '../src/start-again';

const RELEASE = 'npm run prooflink -- release dev --app local-1';

test('while a migration runs, the commands that stop it come first, since a release is refused until then', () => {
  const text = startAgainText([RELEASE], 'shop', ['arn:task/1', 'arn:task/2']);
  expect(text.split('\n')).toEqual([
    '',
    'The migration still runs, and a release is refused until it ends. To stop it, in that shell:',
    '',
    '  aws ecs stop-task --cluster shop --task arn:task/1 --query task.desiredStatus --output text',
    '  aws ecs stop-task --cluster shop --task arn:task/2 --query task.desiredStatus --output text',
    '',
    'To start it again, with its code as it was, in that shell:',
    '',
    `  ${RELEASE}`,
  ]);
});
