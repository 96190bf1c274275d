import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { newApp } from './synth';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Synthesizes with cdk-nag or, on demand, the CDK's own validation; returns the findings as `check: rule: construct`. */
export function findings(build: (app: App) => unknown, { builtinCloudFormationValidation = false } = {}): string[] {
  const app = newApp({ builtinCloudFormationValidation });
  if (!builtinCloudFormationValidation) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  build(app);
  const printed = jest.spyOn(console, 'error').mockReturnValue();
  try {
    app.synth();
  } catch (error) {
    if (!String(error).includes('validation-report.json')) throw error;
  } finally {
    printed.mockRestore();
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${pluginName}: ${ruleName}: ${constructPath}`),
    ),
  );
}
