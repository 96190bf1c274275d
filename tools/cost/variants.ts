import type { Template } from '@infra/common/template';

/** A template as it would be if the config said something else: what a choice costs or saves is the difference. */
type Variant = (template: Template) => Template;

/** Without office hours. */
export const dayAndNight: Variant = (template) => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Scheduler::Schedule'),
  ),
});

/** With office hours on weekdays only. */
export const weekdays: Variant = (template) =>
  replaced(template, /"cron\((\d+ \d+) \S+ \S+ \S+ (\S+)\)"/g, '"cron($1 ? * MON-FRI $2)"');

/** With images for ARM64. */
export const arm64: Variant = (template) =>
  replaced(template, /"CpuArchitecture":"X86_64"/g, '"CpuArchitecture":"ARM64"');

/** With a NAT gateway and its address, as most samples have it. */
export const natGateway: Variant = (template) => ({
  ...template,
  Resources: {
    ...template.Resources,
    NatGateway: { Type: 'AWS::EC2::NatGateway' },
    NatAddress: { Type: 'AWS::EC2::EIP' },
  },
});

function replaced(template: Template, pattern: RegExp, replacement: string): Template {
  return JSON.parse(JSON.stringify(template).replace(pattern, replacement)) as Template;
}
