/** Options of `npm run prooflink -- release`. */
export interface ReleaseOptions {
  /** Tag of the web image to release. `undefined`: the deployed image stays. An empty one is refused. */
  readonly appTag?: string;
  /** Tag of the user import's image to release. `undefined`: the deployed image stays. An empty one is refused. */
  readonly batchTag?: string;
  /** Tags of further registries to release, each with its parameter: `AdminImageTag=v3`. */
  readonly images?: readonly string[];
  /**
   * Request of the caller on the migration of the database.
   * - `true`: migrate, even by an image that was pushed before the deployed one.
   * - `false`: do not migrate.
   * - `undefined`: migrate, unless `appTag` is both the deployed tag and the migrated one. Refuse the release if its image
   *   was pushed before the deployed one.
   */
  readonly migration?: boolean;
  /** True if the summary is printed as JSON. */
  readonly json?: boolean;
}
