export { type Json, objectsIn, pathOf, type Resource, type Template, text } from '../../../test/support/template';
