/** Options of `npm run deploy:local`. */
export interface DeployLocalOptions {
  /** Leave the local AWS running. */
  readonly keep?: boolean;
  /** The folder of the web application, in the place of the sample's. */
  readonly app?: string;
  readonly appCommand?: string;
  /** The folder of the user import, in the place of the sample's. */
  readonly job?: string;
  readonly jobCommand?: string;
  /** The file with the values of secret settings. */
  readonly settings?: string;
  /** Show the outputs and the state, too. */
  readonly details?: boolean;
}
