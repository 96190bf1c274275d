import { newHealthCheckFilter } from '../src/health-check-filter';

const newsOf = (...lines: string[]) => lines.filter(newHealthCheckFilter());

it('an application’s log does not drown in health checks: each answer is shown once, until another one comes', () => {
  const lines = [
    ' GET /api/health 404 in 812ms (next.js: 790ms)',
    ' GET /api/health 404 in 9ms',
    ' \u001b[37mGET\u001b[39m /api/health \u001b[32m200\u001b[39m in 4ms',
    ' GET /api/health 200 in 3ms',
    '127.0.0.1 - - [27/Nov/2026] "GET /api/health HTTP/1.1" 200 2 "-" "ELB-HealthChecker/2.0"',
    ' GET /api/health 503 in 3ms',
  ];
  expect(newsOf(...lines)).toEqual([lines[0], lines[2], lines[5]]);
});

it('what is no health check is shown, however often it comes', () => {
  const lines = [' GET /api/users 200 in 3ms', ' GET /api/users 200 in 3ms', 'error in app/api/health/route.ts', ''];
  expect(newsOf(...lines, ...lines)).toEqual([...lines, ...lines]);
});
