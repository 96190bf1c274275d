import { regionOfWorkflows } from './workflow';

/** Lines that each job needs, in this order; others may be between. `on` starts the workflow. */
export type Says = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const BARE = 'env -i PATH="$PATH" HOME="$HOME" npx cdk synth';
export const PROOFLINK = 'run: npm run --silent prooflink --';
export const driftRole = (key: string) => `vars[format('DRIFT_ROLE_ARN_{0}', ${key})] || vars.DRIFT_ROLE_ARN`;
const LOOKUP_ROLE = `cdk-hnb659fds-lookup-role-\${{ steps.drift-role.outputs.aws-account-id }}-${regionOfWorkflows()}"`;
export const COMMIT = 'ref: ${{ inputs.commit }}';
export const CHAINED = [LOOKUP_ROLE, 'role-chaining: true', 'role-skip-session-tagging: true'];
export const NONE_ENDS = 'cancel-in-progress: false';
