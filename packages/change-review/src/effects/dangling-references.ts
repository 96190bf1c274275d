import { entriesOf } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { namesReferredToIn } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';
import { TemplateReader } from '../read/template-reader';

/** Effect of removing a resource to which the template still refers. A macro may define what the template does not show. */
export function findDanglingReferences({ head }: StackComparison): (id: string) => Effect[] {
  const sections = entriesOf(head.template);
  if (sections.has('Transform')) return () => [];
  // A name that is written out is no reference.
  const reader = new TemplateReader(head);
  const names = new Set(namesReferredToIn([...reader.resources().values(), reader.normalize(sections.get('Outputs'))]));
  const parameters = entriesOf(sections.get('Parameters'));
  return (id) => {
    const isReferredTo = names.has(id) && !parameters.has(id);
    return isReferredTo ? [{ level: 'fails', sentence: wordsOf('stillReferredTo') }] : [];
  };
}
