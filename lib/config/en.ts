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

  neverExceeded: ({ example }: { readonly example: number }): string =>
    `100 % is never exceeded; write less than 100, as in ${example}`,

  alarmNotAboveTarget: ({ percent, target }: { percent: number; target: number }): string =>
    `${percent} % is not above webService.tasks.targetCpuPercent, ${target}, at which scaling keeps the CPU; write more, ` +
    'as in 80',

  startupTooShort: ({ minutes, shortest }: { minutes: number; shortest: number }): string =>
    `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} is too short: RDS takes minutes to hours to start; write ` +
    `${shortest} or more, as in 15`,

  noImageToRollBack: (): string => '1 leaves no earlier image to roll back to; write 2 or more, as in 10',

  gitEnding: ({ name, repository }: { readonly name: string; readonly repository: string }): string =>
    `${name} ends in .git, which no repository of GitHub does; write ${repository}`,

  noClientHas: ({ cidr }: { readonly cidr: string }): string =>
    `${cidr} is a range that no client on the internet has; write the public address of an office or a VPN, with its ` +
    'length',

  importInMaintenance: ({ time, minutes, maintenance, inJapan }: ImportInMaintenance): string =>
    `a job of ${minutes} minutes from ${time} on may meet database.maintenanceWindow, ${maintenance} (${inJapan} in ` +
    'Japan), when RDS may restart the database; write another time, or shorten userImport.timeout',

  zoneOfAnotherName: ({ id, other, environment, zone }: ZoneOfAnotherName): string =>
    `${id} is the zone ${other} in ${environment}, and ${zone} here; write the id of ${zone}, as Route 53 shows it`,
};

interface ClassInRegion {
  readonly instanceClass: string;
  readonly region: string;
  /** Families that RDS offers there. */
  readonly families: readonly string[];
}

interface ImportInMaintenance {
  readonly time: string;
  /** Length of the job, at most. */
  readonly minutes: number;
  /** The window as the config has it. */
  readonly maintenance: string;
  readonly inJapan: string;
}

interface ZoneOfAnotherName {
  readonly id: string;
  /** Name of the zone in the other environment. */
  readonly other: string;
  readonly environment: string;
  readonly zone: string;
}
