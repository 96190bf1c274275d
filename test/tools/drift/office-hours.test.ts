import { template } from '../../support/assembly';

it('office hours change the tasks’ count and stop the database, and nothing else that drift would have to know', () => {
  const targets = Object.values(template('dev').Resources)
    .filter(({ Type }) => Type === 'AWS::Scheduler::Schedule')
    .map(({ Properties }) => JSON.stringify(Properties?.Target));
  expect(targets).toHaveLength(4);
  const known = targets.map((target) => {
    if (/ssm:startAutomationExecution/.test(target)) return /AWS-(?:Start|Stop)RdsInstance/.exec(target)?.[0];
    return [...new Set([...target.matchAll(/\\"(\w+)\\":/g)].map(([, key]) => key))].join();
  });
  expect(known.sort()).toEqual([
    'AWS-StartRdsInstance',
    'AWS-StopRdsInstance',
    'Cluster,Service,DesiredCount',
    'Cluster,Service,DesiredCount',
  ]);
});
