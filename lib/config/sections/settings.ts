/** What a container of the application is told beyond what the stack tells it, such as SMTP or OAuth. */
export interface SettingsConfig {
  /** Which further variables, with their values? Everybody can read them in the template. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Which further variables are secret? Their names; `npm run prooflink -- settings <environment>` sets the values. A
   * container that wants one that is not set yet does not start.
   */
  readonly secrets: readonly string[];
}
