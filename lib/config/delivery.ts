import type * as configured from './index';

/** Access of GitHub Actions to AWS: by GitHub's tokens, without access keys to keep (docs/decisions/0011). */
export interface DeliveryConfig<Name extends string = string> {
  /**
   * Which GitHub repository may see and deploy the environments? `undefined`: none, and there is no ProoflinkDelivery.
   *
   * Written exactly as in the subject of GitHub's tokens, since AWS compares letter by letter: `owner/name` without
   * `.git`, or `owner@1234/name@5678` for repositories that were created, renamed or transferred after 2026-07-15. It
   * follows `repo:` in the output of `gh api repos/<owner>/<name>/actions/oidc/customization/sub --jq .sub_claim_prefix`.
   */
  readonly repository: `${string}/${string}` | undefined;
  /**
   * Which GitHub repository builds the application's images? Written as `repository`. Its GitHub environments, called as
   * those here, get a role each that pushes to that environment's registries. `undefined`: no push from GitHub.
   */
  readonly applicationRepository: `${string}/${string}` | undefined;
  /**
   * Which identity providers for GitHub do accounts have already? Their ARNs (`aws iam list-open-id-connect-providers`).
   * An account can have one only; where none is named, ProoflinkDelivery makes it.
   */
  readonly existingProviders: readonly string[];
  /** Which region holds the stack? Roles are the same in every region; the environments keep their own. */
  readonly region: string;
  /** In which language does a pull request get its review: English or Japanese? A terminal follows its locale instead. */
  readonly reviewLanguage: 'en' | 'ja';
  /**
   * Which environments may be deployed from GitHub? Each has a GitHub environment of the same name, and a role in its own
   * `account`, which its config must name. `dev` follows `main` without an approval, each other one only with it.
   * Each account has a stack ProoflinkDelivery; with several accounts the CDK CLI calls them ProoflinkDeliveryDev and
   * ProoflinkDeliveryProd.
   */
  readonly environments: Readonly<Record<Name, boolean>>;
}

/** Every environment is named: one that is forgotten does not compile. */
export const delivery: DeliveryConfig<keyof typeof configured> = {
  repository: undefined,
  applicationRepository: undefined,
  existingProviders: [],
  region: 'ap-northeast-1',
  reviewLanguage: 'en',
  environments: { dev: true, prod: true },
};
