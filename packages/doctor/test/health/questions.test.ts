import { QUESTIONS } from '../../src/health/questions/all';
import { prod } from '@infra/testing/configs';
import { askQuestion, environmentWith } from './aws-answers';

const questionIds = QUESTIONS.map(({ id }) => id);

test('no two questions have the same id', () => {
  expect(new Set(questionIds).size).toBe(questionIds.length);
});

/** Asserts the order of some questions: `doctor` names the first one with a fault as the cause. */
function expectOrder(ids: readonly string[]): void {
  expect(questionIds.filter((id) => ids.includes(id))).toEqual(ids);
}

test('a change by hand comes behind a question that names its cause, and before one that blames the application', () => {
  expectOrder(['way-to-tasks', 'secrets-app', 'database', 'by-hand-service', 'healthy']);
});

// A retention that was edited by hand was the first cause while every target answered 503.
test('what leaves users without service comes first, then what threatens data, then the rest', () => {
  expectOrder([
    'healthy',
    'arrive',
    'deployment',
    'backup',
    'termination-protection',
    'by-hand-data',
    'import',
    'by-hand',
  ]);
});

test('a failed deployment is the cause before costs: they stop no work', () => {
  expectOrder(['deployment', 'alarms', 'budget', 'nat-gateway', 'too-many-tasks', 'transfer']);
});

describe('question arrive', () => {
  const HEALTH_CHECK_URL = 'https://prooflink.example.com/api/health';
  const outputs = { ApplicationUrl: 'https://prooflink.example.com' };
  const released = environmentWith({ outputs });
  const REFUSED = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 192.0.2.1:443') });

  /** Asks whether users arrive at an environment, while its URL answers a status, or no connection is made. */
  async function askArrive(response: Error | Response, environment = released, laterStatus = 502) {
    const laterResponse = new Response(null, { status: laterStatus });
    const request = jest.spyOn(globalThis, 'fetch').mockResolvedValue(laterResponse);
    if (response instanceof Error) request.mockRejectedValueOnce(response);
    else request.mockResolvedValueOnce(response);
    const answer = await askQuestion('arrive', {}, environment);
    expect(request).toHaveBeenCalledWith(HEALTH_CHECK_URL, expect.objectContaining({ redirect: 'manual' }));
    request.mockRestore();
    return answer;
  }

  describe('403', () => {
    const firewall = { mode: 'block', requestsPerAddress: 2_000, signInsPerAddress: 100 } as const;
    const guarded = environmentWith({ outputs, config: { loadBalancer: { ...prod.loadBalancer, firewall } } });
    const ofLoadBalancer = () => new Response(null, { status: 403, headers: { server: 'awselb/2.0' } });

    it('of the load balancer is the firewall’s, which may block this machine alone: its log names the rule', async () => {
      expect(await askArrive(ofLoadBalancer(), guarded)).toEqual({
        result: 'look',
        says:
          `${HEALTH_CHECK_URL} answers 403, and not the application but the load balancer does: its firewall blocked this ` +
          'request.',
        fix:
          'the rule (terminatingRuleId): aws logs tail --region ap-northeast-1 the firewallLogGroup --since 10m\n' +
          'If it is the wrong one: docs/firewall.md',
      });
    });

    it.each([
      { title: 'of the application', response: new Response(null, { status: 403 }), environment: guarded },
      { title: 'where there is no firewall', response: ofLoadBalancer(), environment: released },
    ])('$title is a fault', async ({ response, environment }) => {
      expect(await askArrive(response, environment)).toMatchObject({
        result: 'wrong',
        says: `${HEALTH_CHECK_URL} answers 403.`,
      });
    });
  });

  it('502 of CloudFront itself is a fault on its way to the load balancer', async () => {
    const ofCloudFront = new Response(null, { status: 502, headers: { server: 'CloudFront' } });
    expect(await askArrive(ofCloudFront)).toMatchObject({
      result: 'wrong',
      usersAreServed: false,
      says: expect.stringContaining('it does not reach the load balancer') as string,
    });
  });

  // `next start` closes a connection after five idle seconds, and the load balancer loses the next request on it.
  it('502 once, and 200 when asked again, is a fault, though users are served', async () => {
    expect(await askArrive(new Response(null, { status: 502 }), released, 200)).toMatchObject({
      result: 'wrong',
      usersAreServed: true,
      says: expect.stringContaining('closes idle connections') as string,
    });
  });

  it('a load balancer that admits an office alone may refuse this machine', async () => {
    const officeOnly = { ...prod.loadBalancer, allowedRanges: ['198.51.100.0/24'] };
    expect(await askArrive(REFUSED, environmentWith({ outputs, config: { loadBalancer: officeOnly } }))).toMatchObject({
      result: 'look',
      says: expect.stringContaining('admits 198.51.100.0/24') as string,
    });
  });
});
