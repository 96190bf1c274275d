import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { words } from './words';

/** The Free Tier API has one endpoint. The registry has no client of it, but the AWS CLI does. */
const COMMAND = ['freetier', 'get-account-plan-state', '--region', 'us-east-1', '--output', 'json'];

const TIMEOUT_MS = 20_000;

interface AccountPlanState {
  readonly accountPlanType?: string;
  readonly accountPlanExpirationDate?: string;
  readonly accountPlanRemainingCredits?: { readonly amount?: number; readonly unit?: string };
}

/**
 * The account's plan, as a sentence with what follows from it. Accounts of July 2025 and later may be on the Free plan,
 * which closes the account at its end, and under which RDS refuses what prod needs.
 */
export async function accountPlanSentence(): Promise<string> {
  const state = await accountPlanState();
  if (state?.accountPlanType === 'PAID') return words.paidPlan;
  if (state?.accountPlanType !== 'FREE') return words.unknownPlan;
  const { amount, unit } = state.accountPlanRemainingCredits ?? {};
  const credits = amount === undefined ? undefined : `${unit ?? 'USD'} ${amount}`;
  const lastDay = state.accountPlanExpirationDate?.slice(0, 10);
  return words.freePlan({ credits, lastDay });
}

/** `undefined` without an AWS CLI that has this command, or if AWS does not answer it. */
async function accountPlanState(): Promise<AccountPlanState | undefined> {
  try {
    const { stdout } = await promisify(execFile)('aws', COMMAND, { env: process.env, timeout: TIMEOUT_MS });
    return JSON.parse(stdout) as AccountPlanState;
  } catch {
    return undefined;
  }
}
