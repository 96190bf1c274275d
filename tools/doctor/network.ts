import { paginateDescribeRouteTables, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { itemsOf } from '../shared/aws';
import { cause, type Found } from './check';
import type { Containers } from './container';
import type { Facts } from './facts';
import { letsIn, letsOut, named } from './security-groups';
import { DATABASE_PORT } from '../../lib/contract';

/** The guide's port (2-3). The rules speak of this one, wherever the database of a local AWS listens. */
/** ECR, Secrets Manager and other services answer there. */
const HTTPS = 443;
const EVERYWHERE = '0.0.0.0/0';

export async function publicAddress({ who, definition, mend }: Containers): Found {
  const it = await definition();
  if (it.hasPublicAddress) return undefined;
  return cause(`The ${who} get no public address: they reach neither ECR nor Secrets Manager.`, mend(it));
}

export async function route({ ec2: client, redeploy }: Facts, { who, network }: Containers): Found {
  const { subnets: SubnetIds } = await network();
  const [first] = await itemsOf(paginateDescribeSubnets({ client }, { SubnetIds }), (page) => page.Subnets);
  const Filters = [{ Name: 'vpc-id', Values: [first?.VpcId ?? ''] }];
  const all = await itemsOf(paginateDescribeRouteTables({ client }, { Filters }), (page) => page.RouteTables);
  const tables = SubnetIds.map(
    (subnet) =>
      all.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet)) ??
      all.find(({ Associations = [] }) => Associations.some(({ Main }) => Main)),
  );
  const closed = tables.find(
    (table) =>
      !table?.Routes?.some(
        ({ DestinationCidrBlock, GatewayId = '', State }) =>
          DestinationCidrBlock === EVERYWHERE && GatewayId.startsWith('igw-') && State === 'active',
      ),
  );
  if (!closed) return undefined;
  const table = closed.RouteTableId ?? '';
  return cause(`${table} has no route ${EVERYWHERE} to an internet gateway, and the ${who} need it.`, redeploy);
}

export async function wayOut({ redeploy, securityGroups }: Facts, { who, network }: Containers): Found {
  const groups = await securityGroups((await network()).groups);
  if (letsOut(groups, HTTPS, { range: EVERYWHERE })) return undefined;
  return cause(`${named(groups)} does not let the ${who} out to ${EVERYWHERE}.`, redeploy);
}

export async function wayToDatabase({ database, redeploy, securityGroups }: Facts, { network }: Containers): Found {
  const { VpcSecurityGroups = [] } = await database();
  const groups = await securityGroups(VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId));
  const from = await securityGroups((await network()).groups);
  if (letsIn(groups, DATABASE_PORT, { groups: from })) return undefined;
  const says = `${named(groups)} does not admit port ${DATABASE_PORT} from ${named(from)}`;
  return cause(`${says}: connect ETIMEDOUT.`, redeploy);
}
