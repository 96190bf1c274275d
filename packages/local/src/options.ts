/** Options of `npm run deploy:local`, named as on the command line. */
export interface DeployLocalOptions {
  /** True if the local AWS runs on after the command. */
  readonly keep?: boolean;
  /** Folder of the web application. `undefined`: the sample application runs (sample-app/web). */
  readonly app?: string;
  /** Command that starts the web application in its folder; `npm start` by default. */
  readonly appCommand?: string;
  /** Folder of the user import. `undefined`: the sample's import runs (sample-app/batch), or none beside another web application. */
  readonly job?: string;
  /** Command that starts the user import in its folder; that of the job definition by default. */
  readonly jobCommand?: string;
  /** File with the values of secret settings, in lines NAME=value. */
  readonly settings?: string;
  /** True if a resource of a type that the local AWS does not know fails the deployment; otherwise it gets a stand-in. */
  readonly strict?: boolean;
}
