/** Options of `npm run deploy:local`. */
export interface DeployLocalOptions {
  /** Leave the local AWS running. */
  readonly keep?: boolean;
  /** Folder of the web application; the sample's by default. */
  readonly app?: string;
  readonly appCommand?: string;
  /** Folder of the user import; the sample's by default. */
  readonly job?: string;
  readonly jobCommand?: string;
  /** File with the values of secret settings. */
  readonly settings?: string;
  /** Show the outputs and the state, too. */
  readonly details?: boolean;
}
