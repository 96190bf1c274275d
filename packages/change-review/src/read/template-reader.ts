import type { SynthesizedStack } from '@infra/common/assembly';
import { functionOf, type Resource, type Template } from '@infra/common/template';
import { entriesOf, isRecord, isTrue, parseJson, stableJson, valueAtPath } from '@infra/common/values';
import { type KnownNames, withReferences } from './value';
import {
  expressionText,
  literalText,
  markedName,
  namesReferredToIn,
  NO_VALUE,
  type NormalizedText,
  type NormalizedValue,
  referenceText,
  type TemplateValue,
  withoutMarks,
} from './normalized-text';
import { pseudoParametersOf } from './pseudo-parameters';
import { refPropertyOf } from './resource-schemas';

/** A variable in the pattern of `Fn::Sub`. */
const SUB_VARIABLE = /(\$\{[^}]*\})/;

/** Knowledge of the other side, which a comparison needs to read this one. */
export interface ReaderOptions {
  /** Parameters, mappings, their second-level keys (`Map.key`) and conditions that mean something else on the other side. */
  readonly changedNames?: ReadonlySet<string>;
  /** Physical names and ARNs to read as references. */
  readonly knownNames?: KnownNames;
  /** Names of this side's conditions on the other side, if they are renamed. */
  readonly renamedConditions?: ReadonlyMap<string, string>;
  /** The other side's resources: a reference to one that is removed keeps its spelling. */
  readonly otherResources?: Template['Resources'];
}

export type SectionName = 'Parameters' | 'Mappings' | 'Conditions';

/** Reads the values of a stack's template in one spelling, see NormalizedValue. */
export class TemplateReader {
  readonly template: Template;
  /** Values that the manifest gives to the parameters. */
  readonly parameterValues: ReadonlyMap<string, unknown>;
  private readonly pseudoParameters: ReadonlyMap<string, string>;
  private readonly noEchoParameters: ReadonlySet<string>;
  private readonly changedNames: ReadonlySet<string>;
  private readonly knownNames: KnownNames;
  private readonly renamedConditions: ReadonlyMap<string, string>;
  private conditions: ReadonlyMap<string, NormalizedValue> | undefined;
  private readonly typesById: ReadonlyMap<string, string>;
  /** Reference to the resource that was read last: its own physical name within it is not a reference. */
  private ownReference = '';

  constructor(stack: SynthesizedStack, options: ReaderOptions = {}) {
    this.template = stack.template;
    this.parameterValues = entriesOf(stack.artifact.parameters);
    this.pseudoParameters = pseudoParametersOf(stack);
    this.noEchoParameters = noEchoParametersIn(stack.template);
    this.changedNames = options.changedNames ?? new Set();
    this.knownNames = options.knownNames ?? new Map();
    this.renamedConditions = options.renamedConditions ?? new Map();
    const resources = Object.entries({ ...options.otherResources, ...stack.template.Resources });
    this.typesById = new Map(resources.map(([id, { Type }]) => [id, Type]));
  }

  /** The resources of the template by their logical IDs, normalized. */
  resources(): Map<string, Resource> {
    const resources = new Map<string, Resource>();
    for (const [id, resource] of Object.entries(this.template.Resources)) {
      this.ownReference = this.refText(id) ?? '';
      const { Type, Properties = {}, ...attributes } = resource;
      resources.set(id, {
        ...this.normalizeRecord(attributes),
        Type,
        Properties: this.normalizeRecord(Properties),
      });
    }
    return resources;
  }

  /** The entries of a section of the template by their names, normalized. */
  section(section: SectionName): Map<string, NormalizedValue> {
    this.ownReference = '';
    const entries = new Map<string, NormalizedValue>();
    for (const [name, value] of entriesOf(this.template[section])) {
      const meaning = section === 'Parameters' ? this.meaningOfParameter(name, value) : value;
      const entryName = section === 'Conditions' ? this.conditionName(name) : name;
      entries.set(entryName, this.normalize(meaning));
    }
    return entries;
  }

  /** The definition of a condition, by its name on the head. */
  condition(name: string): NormalizedValue {
    this.conditions ??= this.section('Conditions');
    return this.conditions.get(withoutMarks(name));
  }

  /** Everything that decides the value of a parameter: an existing stack keeps its value, whatever is the default or allowed. */
  private meaningOfParameter(name: string, parameter: TemplateValue): TemplateValue {
    const fields = entriesOf(parameter);
    return [fields.get('Type') ?? '', this.parameterValues.get(name) ?? ''];
  }

  /** A value in one spelling; `undefined` if it is not set. */
  normalize(value: TemplateValue): NormalizedValue {
    const text = this.normalizeText(value);
    if (text !== undefined) return parseJson(text) ?? text;
    if (Array.isArray(value)) return this.normalizeList(value);
    if (!isRecord(value)) return value;
    const [functionName, argument] = functionOf(value) ?? [];
    if (functionName === 'Ref' && argument === 'AWS::NoValue') return undefined;
    const [first, ...others] = Array.isArray(argument) ? (argument as readonly TemplateValue[]) : [];
    if (functionName === 'Fn::If' && typeof first === 'string') {
      return this.asReference({ [functionName]: [this.markedCondition(first), ...this.normalizeArguments(others)] });
    }
    if (functionName === 'Fn::FindInMap' && Array.isArray(argument)) {
      const found = this.valueInMapping([first, ...others]);
      if (found !== undefined) return this.normalize(found);
      return { [functionName]: [this.markedMapping(String(first), others), ...this.normalizeArguments(others)] };
    }
    // A list that is joined to be split again is that list.
    const joined = valueAtPath(others[0], 'Fn::Join');
    if (functionName === 'Fn::Split' && Array.isArray(joined) && joined[0] === first) return this.normalize(joined[1]);
    return this.normalizeRecord(value);
  }

  /** A choice of names, as the reference to the resource that has them. */
  private asReference(choice: NormalizedValue): NormalizedValue {
    const reference = this.knownNames.get(stableJson(choice));
    return reference === undefined || reference === this.ownReference ? choice : reference;
  }

  private normalizeList(list: readonly TemplateValue[]): NormalizedValue[] {
    const normalized = list.map((item) => this.normalize(item));
    return normalized.filter((item) => item !== undefined);
  }

  /** Arguments of a function, each in its place. */
  private normalizeArguments(functionArguments: readonly TemplateValue[]): NormalizedValue[] {
    return functionArguments.map((argument) => this.normalize(argument) ?? NO_VALUE);
  }

  /** The same object with each of its values normalized. */
  normalizeRecord(record: object): Record<string, NormalizedValue> {
    const normalized: [string, NormalizedValue][] = [];
    for (const [key, value] of Object.entries(record) as [string, TemplateValue][]) {
      const isConditionName = key === 'Condition' && typeof value === 'string';
      const normalizedValue = isConditionName ? this.markedCondition(value) : this.normalize(value);
      if (normalizedValue !== undefined) normalized.push([key, normalizedValue]);
    }
    return Object.fromEntries(normalized);
  }

  /** A value as one text; `undefined` if it is none. */
  normalizeText(value: TemplateValue): NormalizedText | undefined {
    const text = this.textOf(value);
    if (text === undefined) return undefined;
    const textWithReferences = withReferences(text, this.knownNames);
    return textWithReferences === this.ownReference ? text : textWithReferences;
  }

  private textOf(value: TemplateValue): NormalizedText | undefined {
    if (typeof value === 'string') return literalText(value);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const [functionName, argument] = functionOf(value) ?? [];
    if (functionName === 'Ref' && typeof argument === 'string') return this.refText(argument);
    const list = Array.isArray(argument) ? (argument as TemplateValue[]) : undefined;
    if (functionName === 'Fn::GetAtt') return this.attributeText(list?.join('.') ?? argument);
    if (functionName === 'Fn::Sub') return this.subText(list ?? [argument]);
    if (!list) return undefined;
    if (functionName === 'Fn::FindInMap') return this.textOf(this.valueInMapping(list));
    if (functionName === 'Fn::Select') return this.selectText(list);
    if (functionName === 'Fn::Join') return this.joinText(list);
    return undefined;
  }

  private refText(name: string): NormalizedText | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const pseudoParameter = this.pseudoParameters.get(name);
    if (pseudoParameter !== undefined) return pseudoParameter;
    return referenceText({
      name,
      isChanged: this.changedNames.has(name),
      isNoEcho: this.noEchoParameters.has(name),
    });
  }

  private attributeText(path: TemplateValue): NormalizedText | undefined {
    if (typeof path !== 'string') return undefined;
    const [id = '', ...attribute] = path.split('.');
    const isReturnedByRef = attribute.join('.') === refPropertyOf(this.typesById.get(id) ?? '');
    if (isReturnedByRef) return this.refText(id);
    return referenceText({
      name: id,
      isChanged: this.changedNames.has(id),
      attribute,
    });
  }

  private subText([pattern, variables]: readonly TemplateValue[]): NormalizedText | undefined {
    if (typeof pattern !== 'string') return undefined;
    const valueByName = entriesOf(variables);
    const pieces = pattern.split(SUB_VARIABLE);
    const texts = pieces.map((piece, index) => {
      const isVariable = index % 2 === 1;
      return isVariable ? this.subVariableText(piece, valueByName) : literalText(piece);
    });
    return texts.join('');
  }

  private subVariableText(
    variable: string,
    valueByName: ReadonlyMap<string, TemplateValue>,
  ): NormalizedText | undefined {
    const name = variable.slice('${'.length, -'}'.length).trim();
    const isEscaped = name.startsWith('!');
    if (isEscaped) return literalText(`\${${name.slice(1)}}`);
    if (valueByName.has(name)) return this.partText(valueByName.get(name));
    return name.includes('.') ? this.attributeText(name) : this.refText(name);
  }

  /** The value of a mapping whose keys are known, or the default that a macro lets it have. */
  private valueInMapping([name, first, second, otherwise]: readonly TemplateValue[]): TemplateValue {
    const keys = [this.textOf(first) ?? '', this.textOf(second) ?? ''];
    let value = entriesOf(this.template.Mappings).get(String(name));
    for (const key of keys) value = entriesOf(value).get(key);
    const areKnown = keys.every((key) => key !== '' && namesReferredToIn(key).length === 0);
    return value ?? (areKnown ? entriesOf(otherwise).get('DefaultValue') : undefined);
  }

  private selectText([index, list]: readonly TemplateValue[]): NormalizedText | undefined {
    if (!Array.isArray(list)) return undefined;
    const item: TemplateValue = list[Number(index)];
    return this.textOf(item);
  }

  private joinText([separator, list]: readonly TemplateValue[]): NormalizedText | undefined {
    if (!Array.isArray(list)) return undefined;
    const texts = list.map((part: TemplateValue) => this.partText(part));
    return texts.join(literalText(String(separator)));
  }

  /** A value within a text. */
  private partText(value: TemplateValue): NormalizedText {
    return this.normalizeText(value) ?? expressionText(this.normalize(value));
  }

  private markedCondition(name: string): string {
    return this.marked(this.conditionName(name));
  }

  private conditionName(name: string): string {
    return this.renamedConditions.get(name) ?? name;
  }

  /** A lookup whose second-level key is known changes only with the values under that key. */
  private markedMapping(name: string, [, second, otherwise]: readonly TemplateValue[]): string {
    const isKeyKnown = typeof second === 'string' && otherwise === undefined;
    return markedName(name, this.changedNames.has(isKeyKnown ? `${name}.${second}` : name));
  }

  private marked(name: string): string {
    return markedName(name, this.changedNames.has(name));
  }
}

function noEchoParametersIn({ Parameters }: Template): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, parameter] of entriesOf(Parameters)) {
    const noEcho = entriesOf(parameter).get('NoEcho');
    if (isTrue(noEcho)) names.add(name);
  }
  return names;
}
