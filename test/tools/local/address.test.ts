import { addressLines } from '../../../tools/local/address';
import type { LocalAws } from '@infra/local-aws';

const reported = (environment: 'dev' | 'prod', aws: Partial<LocalAws>): string =>
  addressLines({ directory: '/tmp/local-aws-1', ...aws } as LocalAws, environment).join('\n');

describe('where to open the application', () => {
  it('is the address of its load balancer, and of no other', () => {
    const others = { loadBalancer: 'another', port: 80, url: 'http://localhost:1' };
    const own = { loadBalancer: 'prooflink-dev-alb', port: 80, url: 'http://localhost:2' };
    expect(reported('dev', { listeners: () => [others, own] })).toBe('  http://localhost:2');
  });

  it('is its domain where it has one: from another origin, the bucket takes no upload', () => {
    const listeners = () => [
      { loadBalancer: 'prooflink-prod-alb', port: 80, url: 'http://localhost:1' },
      { loadBalancer: 'prooflink-prod-alb', port: 443, url: 'https://localhost:2' },
    ];
    const text = reported('prod', { listeners });
    expect(text).toContain("'MAP prooflink.example.com:443 127.0.0.1:2' https://prooflink.example.com");
    expect(text).toContain('--connect-to prooflink.example.com:443:127.0.0.1:2 https://prooflink.example.com');
    expect(text).not.toMatch(/ https?:\/\/localhost/);
  });

  it('is nowhere without a database, and why is said', () => {
    expect(reported('dev', { databasesMissing: 'No PostgreSQL.' })).toBe('It does not run. No PostgreSQL.');
  });
});
