/** Options of `npm run prooflink -- release`. */
export interface ReleaseOptions {
  /** Tag of the web image to release; if it is empty or missing, the deployed one stays. */
  readonly app?: string;
  /** Tag of the import's image to release; if it is empty or missing, the deployed one stays. */
  readonly batch?: string;
  /** True by `--migration`, false by `--no-migration`. By default, an image older than the deployed one is refused. */
  readonly migration?: boolean;
  /** The cloud assembly to deploy; synthesized unless given. */
  readonly assembly?: string;
  /** Print the summary as JSON. */
  readonly json?: boolean;
  /** Accept values of the config that are only examples. */
  readonly examples?: boolean;
}
