import { hasWaiter, optionsOf } from './aws-operations';

test('an option is required as AWS requires it, a structure, too: without it the command on a page is refused', () => {
  const options = optionsOf('ecr', 'describe-image-scan-findings');
  expect(options?.get('--repository-name')).toBe(true);
  expect(options?.get('--image-id')).toBe(true);
  expect(options?.get('--max-results')).toBe(false);
});

test('an option that AWS does not have is none', () => {
  expect(optionsOf('ecs', 'describe-services')?.has('--name')).toBe(false);
});

test('an operation that AWS does not have is none', () => {
  expect(optionsOf('rds', 'stop-database')).toBeUndefined();
});

test.each([
  { service: 'rds', waiter: 'db-instance-available', exists: true },
  { service: 'rds', waiter: 'db-instance-stopped', exists: false },
])('aws $service wait $waiter exists: $exists', ({ service, waiter, exists }) => {
  expect(hasWaiter(service, waiter)).toBe(exists);
});
