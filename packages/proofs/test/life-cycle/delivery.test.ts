import { bootstrap, deploy, destroy } from '@infra/local-aws';
import { assembly } from '@infra/testing/assembly';
import { Life } from './support/life';
import { live } from './support/live';
import { sdk } from './support/sdk';

const STACK = 'ProoflinkDelivery';

/** No environment of this life is deployed: the delivery stack is deployed before them. */
const life = new Life('dev');

live(life, [
  {
    name: 'the stack is the first one in a new account: bootstrap and nothing else comes before it',
    calls: [
      () => life.start({ run: false, zones: [] }),
      () => bootstrap({ aws: life.aws }),
      () => deploy({ aws: life.aws, app: assembly }, STACK),
    ],
  },
  {
    name: 'destroyed, it leaves nothing behind: no role to assume, no provider',
    calls: [() => destroy({ aws: life.aws, app: assembly }, STACK)],
    check: async () => {
      const { Roles = [] } = await sdk.iam.listRoles({});
      expect(Roles.map(({ RoleName = '' }) => RoleName).filter((name) => !name.startsWith('cdk-'))).toEqual([]);
      expect((await sdk.iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList).toEqual([]);
    },
  },
]);
