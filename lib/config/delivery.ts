/** How GitHub Actions reaches AWS: with GitHub's tokens, not with keys that somebody must keep (docs/decisions/0011). */
export interface DeliveryConfig {
  /**
   * Which GitHub repository may see and deploy the environments? `undefined`: none, and there is no ProoflinkDelivery.
   *
   * Written exactly as in the subject of GitHub's tokens, since AWS compares letter by letter: `owner/name`, or
   * `owner@1234/name@5678` for repositories that were created, renamed or transferred after 2026-07-15. It stands after
   * `repo:` in what is returned by `gh api repos/<owner>/<name>/actions/oidc/customization/sub --jq .sub_claim_prefix`.
   */
  readonly repository: `${string}/${string}` | undefined;
  /**
   * Who makes the account's identity provider for GitHub? `create`: this stack. An account can have one only; where it
   * has one already, its ARN (`aws iam list-open-id-connect-providers`).
   */
  readonly provider: 'create' | { readonly arn: string };
  /** Which AWS account (12 digits)? Its environments are in the same one; `undefined`: the credentials' own. */
  readonly account: string | undefined;
  /** Which region holds the stack? Roles are the same in every region; the environments keep their own. */
  readonly region: string;
  /** Which environments may be deployed from GitHub? Each has a GitHub environment of the same name. */
  readonly environments: readonly string[];
}

export const delivery: DeliveryConfig = {
  repository: undefined,
  provider: 'create',
  account: undefined,
  region: 'ap-northeast-1',
  environments: ['dev', 'prod'],
};
