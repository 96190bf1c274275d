import { environments as configured } from '@infra/commands/app';
import { ENVIRONMENT_PAGES, withEnvironmentTable } from '../../src/environment-table';
import { template } from '@infra/testing/assembly';
import { groupsOf, page } from '@infra/testing/documents';

/** A page without the spaces and hyphens with which Prettier pads tables. */
function withoutPadding(text: string): string {
  return text.replace(/ +/g, ' ').replace(/\| :?-+:? (?=\|)/g, '| --- ');
}

test.each(ENVIRONMENT_PAGES)(
  'the table of %s has the values of lib/config, which are deployed: "npm run renew" writes it',
  (file) => {
    const { text } = page(file);
    expect(withoutPadding(text)).toBe(withoutPadding(withEnvironmentTable(file, text, configured)));
  },
);

test.each(['docs/guide-index.md', 'docs/guide-index.ja.md'])(
  '%s has the names of prod beside those of the guide',
  (file) => {
    const deployed = JSON.stringify(template('prod'));
    const names = groupsOf(page(file).text, /^\| [\d-]+ +\| `prooflink-[\w-]+` +\| `(prooflink-prod-[\w-]+)` +\|$/gm);
    expect(names).toHaveLength(14);
    expect(names.filter((name) => !deployed.includes(`"${name}"`))).toEqual([]);
  },
);

/** IAM's names of the services that have another name in the types of CloudFormation. */
const IAM_NAMES: Readonly<Record<string, string>> = {
  applicationautoscaling: 'application-autoscaling',
  certificatemanager: 'acm',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

/**
 * IAM's names of the services whose resources CloudFormation creates: those of the guide's environments, those of the delivery,
 * and those of testlean, an environment of the tests that has a firewall and a budget.
 */
function servicesOfStacks(): Set<string> {
  const services = new Set<string>();
  for (const stack of ['dev', 'prod', 'testlean', 'delivery'] as const) {
    for (const { Type } of Object.values(template(stack).Resources)) {
      const [vendor = '', service = ''] = Type.split('::');
      const isOfAws = vendor === 'AWS' && service !== 'CDK';
      const name = service.toLowerCase();
      if (isOfAws) services.add(IAM_NAMES[name] ?? name);
    }
  }
  return services;
}

/** Services that the page names for a narrower execution policy: in the sentence from its command to `ssm:GetParameters`. */
function servicesOfPolicy(file: string): string[] {
  const [, afterCommand = ''] = page(file).text.split(/--cloudformation-execution-policies <arn>`[^\n]*/);
  const [sentence = ''] = afterCommand.split('`ssm:GetParameters`');
  return groupsOf(sentence, /`([a-z\d-]+)`/g);
}

test.each(['docs/first-deploy.md', 'docs/first-deploy.ja.md'])(
  '%s names every service that a narrower execution policy needs: without it, IAM denies CloudFormation a resource',
  (file) => {
    expect(servicesOfPolicy(file).sort()).toEqual([...servicesOfStacks()].sort());
  },
);
