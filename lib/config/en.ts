/** Sentences of the rules on a config, in English; texts of the config come in as they are shown, escaped where needed. */
export const en = {
  /** @param text - As it stands in the config, quoted. */
  dynamicReference: ({ text }: { readonly text: string }): string =>
    `${text} is a dynamic reference, which CloudFormation resolves; write the text itself`,

  plainSecret: ({ name }: { readonly name: string }): string =>
    `${name} reads like a secret, and everybody can read it here; list its name in secrets, or write ` +
    "{ value: '…', notSecret: '<why everybody may read it>' }",

  noPublicReason: ({ name, reason }: { readonly name: string; readonly reason: string }): string =>
    `${name}, notSecret: ${reason} gives no reason; write why everybody may read it`,

  otherPort: ({ value, port }: { readonly value: string; readonly port: number }): string =>
    `PORT is ${value}; the load balancer asks port ${port} alone: write '${port}', or leave it out`,

  otherHostname: ({ value }: { readonly value: string }): string =>
    `HOSTNAME is ${value}, where the load balancer does not reach the server; write '0.0.0.0', or leave it out`,

  imagePath: (): string =>
    'PATH replaces that of the image, and no program is found any more; set it in the Dockerfile',

  containerSecret: ({ name }: { readonly name: string }): string =>
    `${name} decides whether the container starts and is reached, and is no secret; leave it out`,

  settingsTooLarge: ({ bytes, name, room }: { bytes: number; name: string; room: number }): string =>
    `its variables and secrets take ${bytes} bytes, and a ${name} has room for ${room}; shorten them, or put long texts ` +
    'into the image or a file of the bucket',

  unknownZone: ({ zone, region, letters }: { zone: string; region: string; letters: readonly string[] }): string =>
    `${zone} is not a zone of ${region}; write the region and one of ${letters.join(', ')}`,

  engineVersionNotOffered: ({ version, offered }: { version: string; offered: readonly string[] }): string =>
    `${version} is not a major version that RDS offers; write one of ${offered.join(', ')}; a newer one goes into ` +
    'lib/config/rules/database-classes.ts first',

  classNotOffered: ({ instanceClass, region, families }: ClassInRegion): string =>
    `${instanceClass} is not offered in ${region}; write one of ${families.join(', ')} and a size; one that RDS offers ` +
    'there by now goes into lib/config/rules/database-regions.ts first',
};

interface ClassInRegion {
  readonly instanceClass: string;
  readonly region: string;
  /** Families that RDS offers there. */
  readonly families: readonly string[];
}
