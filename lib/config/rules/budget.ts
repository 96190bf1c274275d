import type { EnvironmentConfig } from '../environment';
import { checkEmail, checkInteger, type Report } from './check';

const MOST_DOLLARS = 1_000_000;

export function budgetRules({ budget }: EnvironmentConfig, report: Report): void {
  if (!budget) return;
  checkInteger(report, 'budget.amount', budget.amount, 1, MOST_DOLLARS);
  checkEmail(report, 'budget.email', budget.email);
}
