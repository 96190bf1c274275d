import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Account, type Resources } from './support/account';
import { startWebService } from './support/web-service';

const account = Account.shared({ run: true, usedBefore: true, patience: 10 });
let web: Awaited<ReturnType<typeof startWebService>>;

beforeAll(async () => {
  web = await startWebService(account);
}, 60_000);

/** Stack with a distribution before the load balancer. */
function front(loadBalancerArn: string, tag: string): Resources {
  const origin = {
    Id: 'web',
    DomainName: 'internal',
    VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Origin', 'Id'] } },
  };
  const behavior = { TargetOriginId: 'web', ViewerProtocolPolicy: 'redirect-to-https' };
  return {
    Origin: {
      Type: 'AWS::CloudFront::VpcOrigin',
      Properties: {
        VpcOriginEndpointConfig: { Arn: loadBalancerArn, Name: 'web', OriginProtocolPolicy: 'http-only' },
        Tags: [{ Key: 'team', Value: tag }],
      },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Enabled: true, Origins: [origin], DefaultCacheBehavior: behavior } },
    },
  };
}

/** Answer of the application, with the headers that it got. */
async function ask(url: string): Promise<unknown> {
  const ca = readFileSync(join(account.aws.directory, 'authority.pem'));
  const request = get(url, { agent: new Agent({ ca }) });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return JSON.parse(await text(response));
}

describe('CloudFront before a load balancer', () => {
  let arn = '';

  beforeAll(async () => {
    const { LoadBalancers = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
    arn = LoadBalancers[0]?.LoadBalancerArn ?? '';
    const name = { Value: { 'Fn::GetAtt': ['Distribution', 'DomainName'] } };
    const status = await account.create('front', front(arn, 'a'), { Outputs: { Name: name } });
    expect(status).toBe('CREATE_COMPLETE');
  });

  it('serves by HTTPS at its own name, and the application sees plain HTTP', async () => {
    const { Name: name = '' } = await account.outputs('front');
    expect(await ask(`https://${name}`)).toMatchObject({
      headers: {
        host: name,
        'x-forwarded-proto': 'http',
        'x-forwarded-for': expect.stringContaining('127.0.0.1') as unknown,
      },
    });
  });

  it('refuses another tag on an origin in use', async () => {
    await account.refusesUpdate('front', front(arn, 'b'), {
      Origin: 'currently associated with one or more distributions',
    });
  });

  it('is deleted with its stack', async () => {
    expect(await account.remove('front')).toBeUndefined();
    expect(account.aws.listeners().filter(({ url }) => url.startsWith('https:'))).toHaveLength(1);
  });
});
