import { awsOperation, hasWaiter } from './sdk';

test('an option is required as AWS requires it, a structure, too: without it the command on a page is refused', () => {
  const options = awsOperation('ecr', 'describe-image-scan-findings')?.options;
  expect(options?.get('--repository-name')).toBe(true);
  expect(options?.get('--image-id')).toBe(true);
  expect(options?.get('--max-results')).toBe(false);
});

test('an option that AWS does not have is none', () => {
  expect(awsOperation('ecs', 'describe-services')?.options.has('--name')).toBe(false);
});

test('the fields of an answer are those at any depth, within lists, too', () => {
  const fields = awsOperation('ecs', 'describe-services')?.outputFields;
  expect(fields).toContain('services');
  expect(fields).toContain('rolloutState');
  expect(fields).not.toContain('rolloutStatus');
});

test('an operation that AWS does not have is none', () => {
  expect(awsOperation('rds', 'stop-database')).toBeUndefined();
});

test('a service that AWS does not have has no operation', () => {
  expect(awsOperation('database', 'list-tables')).toBeUndefined();
});

test.each([
  { service: 'rds', waiter: 'db-instance-available', exists: true },
  { service: 'rds', waiter: 'db-instance-stopped', exists: false },
])('aws $service wait $waiter exists: $exists', ({ service, waiter, exists }) => {
  expect(hasWaiter(service, waiter)).toBe(exists);
});
