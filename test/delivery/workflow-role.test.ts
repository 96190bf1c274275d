import { SESSION_HOURS } from '../../lib/delivery/workflow-role';
import { type Job, workflow } from '../workflows/workflow';

test('the workflow asks for as long a session as the role that deploys allows: AWS refuses a longer one outright', () => {
  const seconds = SESSION_HOURS * 3600;
  const { deploy } = workflow('deploy-stack.yml').jobs as Record<string, Job>;
  expect(deploy?.['timeout-minutes']).toBe(seconds / 60);
  const asked = deploy?.steps?.flatMap(({ with: given }) => given?.['role-duration-seconds'] ?? []);
  expect(asked).toEqual([seconds]);
});
