import { bootstrap, deploy, destroy, LOCAL_ACCOUNT } from '@infra/local-aws';
import { review } from '@infra/change-review/testing';
import { deliverySpecification, sessionHours, SUBJECTS } from '../rights/specification';
import { assembly, template } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { fetchFrom } from '../tools/review/support/fetch-deployed';
import { Life } from './support/life';
import { live } from './support/live';
import { readRole } from './support/role';
import { sdk } from './support/sdk';

const STACK = 'ProoflinkDelivery';
const GITHUB = 'token.actions.githubusercontent.com';
const IAM = `arn:aws:iam::${LOCAL_ACCOUNT}`;
const PROVIDER = `${IAM}:oidc-provider/${GITHUB}`;

interface Policy {
  readonly Statement: readonly { readonly Action: string; readonly Resource?: string | string[] }[];
}

/** No environment of this life is deployed: the delivery stack is deployed before them. */
const life = new Life('dev');
let outputs: Record<string, string>;

live(life, [
  {
    name: 'the stack is the first one in a new account: bootstrap and nothing else comes before it',
    calls: [
      () => life.start({ run: false, zones: [] }),
      () => bootstrap({ aws: life.aws }),
      async () => (outputs = await deploy({ aws: life.aws, app: assembly }, STACK)),
    ],
    check: () => {
      expect(outputs).toEqual({
        DiffRoleArn: `${IAM}:role/prooflink-delivery-diff`,
        DriftRoleArn: `${IAM}:role/prooflink-delivery-drift`,
        DeployRoleArnDev: `${IAM}:role/prooflink-delivery-deploy-dev`,
        DeployRoleArnProd: `${IAM}:role/prooflink-delivery-deploy-prod`,
        PushRoleArnDev: `${IAM}:role/prooflink-delivery-push-dev`,
        PushRoleArnProd: `${IAM}:role/prooflink-delivery-push-prod`,
      });
    },
  },
  {
    name: 'IAM has GitHub’s provider, for the audience that AWS’s action asks for',
    calls: [],
    check: async () => {
      const { Url, ClientIDList } = await sdk.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: PROVIDER });
      expect(Url).toContain(GITHUB);
      expect(ClientIDList).toEqual(['sts.amazonaws.com']);
    },
  },
  ...Object.entries(SUBJECTS).map(([path, subject]) => ({
    name: `${path} exists in IAM with its trust, for its time, and the roles that it assumes exist`,
    calls: [],
    check: async () => {
      const role = await readRole(new Deployed(template('delivery')).one('AWS::IAM::Role', path).name);
      expect(role.sessionHours).toBe(sessionHours(path));
      expect(role.trust).toHaveProperty('Statement', [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: PROVIDER },
          Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subject } },
        },
      ]);
      expect(role.policies).toHaveLength(1);
      const assumed = role.policies
        .flatMap(({ policy }) => (policy as Policy).Statement)
        .filter(({ Action }) => Action === 'sts:AssumeRole')
        .flatMap(({ Resource = [] }) => Resource);
      expect(assumed).toHaveLength(deliverySpecification[path]?.join().match(/role\/cdk-/g)?.length ?? 0);
      // A name that `cdk bootstrap` does not know would be found in the first deployment only.
      for (const arn of assumed) expect((await readRole(arn.split('/').at(-1) ?? '')).arn).toBe(arn);
    },
  })),
  {
    name: 'a review reads it back as it was deployed, and that the environments are not',
    calls: [],
    check: async () => {
      const { exitCode, stdout, file } = await fetchFrom(life.aws.endpoint, assembly);
      expect(exitCode).toBe(0);
      expect(stdout.split('\n')).toEqual(
        expect.arrayContaining(['ProoflinkDelivery: fetched', 'ProoflinkDev: not deployed yet']),
      );
      const compared = review(assembly, assembly, { markdown: true, deployed: file });
      expect(compared.stdout).toContain('`ProoflinkDelivery` against what is deployed: no change\n');
      expect(compared.exitCode).toBe(0);
    },
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
