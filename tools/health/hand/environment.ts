/** What the comparison needs to know of a deployed environment. */
export interface HandEnvironment {
  readonly region: string;
  readonly description: { readonly StackName?: string | undefined; readonly StackId?: string | undefined };
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly client: <Client>(Class: new (config: object) => Client) => Client;
}
