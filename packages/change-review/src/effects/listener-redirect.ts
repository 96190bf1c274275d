import type { Resource } from '@infra/common/template';
import { objectsOf, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { nameReferredToBy } from '../read/normalized-text';

type Resources = ReadonlyMap<string, Resource>;

/** Effect of a listener of HTTP, or of a rule of one, that redirects to HTTPS no longer. */
export function redirectEffects({ before, after }: BeforeAndAfter<Resource>, listeners: Resources): Effect[] {
  const isHttp = protocolOf(before, listeners) === 'HTTP';
  const stopsRedirecting = redirectsToHttps(before) && !redirectsToHttps(after);
  return isHttp && stopsRedirecting ? [{ level: 'weaker', sentence: wordsOf('noRedirect') }] : [];
}

/** Protocol of a listener, or of that of a rule; undefined for any other resource. */
function protocolOf({ Type, Properties = {} }: Resource, listeners: Resources): unknown {
  if (Type === 'AWS::ElasticLoadBalancingV2::Listener') return Properties['Protocol'];
  if (Type !== 'AWS::ElasticLoadBalancingV2::ListenerRule') return undefined;
  const listener = listeners.get(nameReferredToBy(Properties['ListenerArn']) ?? '');
  return listener?.Properties?.['Protocol'];
}

function redirectsToHttps({ Properties = {} }: Resource): boolean {
  const actions = [...objectsOf(Properties['DefaultActions']), ...objectsOf(Properties['Actions'])];
  return actions.some((action) => valueAtPath(action, 'RedirectConfig', 'Protocol') === 'HTTPS');
}
