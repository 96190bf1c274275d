/** Variables and secrets of the application beyond those the stack sets, such as SMTP or OAuth. */
export interface SettingsConfig {
  /** Which further variables, with their values? They are readable in the template. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Which further variables are secret? Their names; `npm run prooflink -- settings <environment>` sets the values. A
   * container that wants one that is not set yet does not start.
   */
  readonly secrets: readonly string[];
}
