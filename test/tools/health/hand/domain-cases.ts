import { Route53 } from '@aws-sdk/client-route-53';
import { prod } from '../../../../lib/config';
import { readStack } from '../../../../tools/environment/deployed-stack';
import { environmentOf } from '../../../../tools/environment/environment';
import { QUESTIONS } from '../../../../tools/health/questions/all';
import { delegation } from '../../../../tools/health/questions/entrance';

const { domainName = '', hostedZoneId: Id = '', hostedZoneName = '' } = prod.loadBalancer.domain ?? {};
const environment = async () => environmentOf(await readStack('prod'));
/** The answer where the internet has these name servers, or none for this reason. */
const asksOf = async (servers: readonly string[], code?: string) => {
  const refusal = Object.assign(new Error(`queryNs ${code ?? ''} ${hostedZoneName}`), { code });
  return delegation(await environment(), {
    resolveNs: () => (code === undefined ? Promise.resolve([...servers]) : Promise.reject(refusal)),
  });
};
const leads = async () => QUESTIONS.find(({ id }) => id === 'alias')?.ask(await environment());

async function record(Action: 'UPSERT' | 'DELETE', name: string): Promise<void> {
  const AliasTarget = { DNSName: `dualstack.${name}.`, HostedZoneId: 'Z14GRHDCWA56QT', EvaluateTargetHealth: false };
  const ResourceRecordSet = { Name: `${domainName}.`, Type: 'A' as const, AliasTarget };
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
  await new Route53({}).changeResourceRecordSets({ HostedZoneId: Id, ChangeBatch });
}

/** Prod's domain: the name servers and the records of its zone are in no template. */
export function domainCases(): void {
  test('the internet asks the zone, however the servers’ names are spelled, or another zone', async () => {
    const { DelegationSet } = await new Route53({}).getHostedZone({ Id });
    const servers = DelegationSet?.NameServers ?? [];
    expect(await asksOf(servers.map((server) => `${server.toUpperCase()}.`))).toBeUndefined();
    const found = await asksOf(['ns-1.other.example']);
    expect(found?.says).toBe(`The internet asks ns-1.other.example about example.com, and not the zone ${Id}.`);
    expect(found?.fix).toContain(`at the registrar, the name servers ${servers[0] ?? '-'}`);
    expect(found?.fix).toContain('loadBalancer.domain.hostedZoneId in lib/config/prod.ts');
  });

  test('the internet asks no name server, or cannot be asked: that is no cause', async () => {
    for (const code of ['ENOTFOUND', 'ENODATA'])
      expect((await asksOf([], code))?.says).toContain('asks nobody about example.com');
    await expect(asksOf([], 'ETIMEOUT')).rejects.toThrow('ETIMEOUT');
  });

  test('the domain leads to the load balancer, to an older one, nowhere', async () => {
    const { DNSName = '' } = await (await environment()).loadBalancer();
    expect(await leads()).toBeUndefined();
    await record('UPSERT', 'older.ap-northeast-1.elb.amazonaws.com');
    expect((await leads())?.says).toContain('leads to older.ap-northeast-1.elb.amazonaws.com, and');
    await record('DELETE', 'older.ap-northeast-1.elb.amazonaws.com');
    expect(await leads()).toEqual({
      says: `There is no A record ${domainName}, and the load balancer is ${DNSName}.`,
      result: 'wrong',
      fix: 'npx cdk deploy ProoflinkProd --revert-drift',
    });
    await record('UPSERT', DNSName);
    expect(await leads()).toBeUndefined();
  });
}
