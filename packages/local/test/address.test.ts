import { addressLines } from '../src/address';
import type { LocalAws } from '@infra/local-aws';

/** The lines that a person reads of a local AWS once the application serves. */
function addressOf(environmentName: 'dev' | 'prod', aws: Partial<LocalAws>): string {
  const localAws = { directory: '/tmp/local-aws-1', ...aws } as LocalAws;
  return addressLines(localAws, environmentName).join('\n');
}

describe('where to open the application', () => {
  it('is the address of its load balancer, and of no other', () => {
    const listeners = () => [
      { loadBalancer: 'another', port: 80, url: 'http://localhost:1' },
      { loadBalancer: 'prooflink-dev-alb', port: 80, url: 'http://localhost:2' },
    ];
    expect(addressOf('dev', { listeners })).toBe('  http://localhost:2');
  });

  it('is its domain where it has one: from another origin, the bucket takes no upload', () => {
    const listeners = () => [
      { loadBalancer: 'prooflink-prod-alb', port: 80, url: 'http://localhost:1' },
      { loadBalancer: 'prooflink-prod-alb', port: 443, url: 'https://localhost:2' },
    ];
    const text = addressOf('prod', { listeners });
    expect(text).toContain("'MAP prooflink.example.com:443 127.0.0.1:2' https://prooflink.example.com");
    expect(text).toContain('--connect-to prooflink.example.com:443:127.0.0.1:2 https://prooflink.example.com');
    expect(text).not.toMatch(/ https?:\/\/localhost/);
  });
});
