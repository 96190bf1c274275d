import { type Json, pathOf, type Resource, type Template } from '../support/template';

/** A copy of an environment's template, with a mistake that a person might make. */
export class ChangedNetwork {
  constructor(public template: Template) {}

  /** Adds an inbound rule to the group at a construct path. */
  admit(group: string, rule: Record<string, Json>): this {
    this.add('Widened', 'AWS::EC2::SecurityGroupIngress', { GroupId: this.groupId(group), ...rule });
    return this;
  }

  /** Changes the group's inbound rules that are there. */
  widen(group: string, change: Record<string, Json>): this {
    const id = JSON.stringify(this.groupId(group));
    for (const { Type, Properties } of Object.values(this.template.Resources)) {
      if (Type === 'AWS::EC2::SecurityGroupIngress' && JSON.stringify(Properties?.['GroupId']) === id) {
        Object.assign(Properties ?? {}, change);
      }
    }
    return this;
  }

  set(path: string, change: Record<string, Json>): this {
    const resource = this.at(path)[1];
    resource.Properties = { ...resource.Properties, ...change };
    return this;
  }

  /** Replaces a piece of the template's text everywhere. */
  replace(piece: string, other: string): this {
    this.template = JSON.parse(JSON.stringify(this.template).replaceAll(piece, other)) as Template;
    return this;
  }

  add(id: string, type: string, properties: Record<string, Json>): this {
    this.template.Resources[id] = { Type: type, Properties: properties };
    return this;
  }

  /** Removes every resource of a type. */
  remove(type: string): this {
    this.template.Resources = Object.fromEntries(
      Object.entries(this.template.Resources).filter(([, resource]) => resource.Type !== type),
    );
    return this;
  }

  /** Gives the first private subnet the public ones' way out. */
  routePrivateSubnet(): this {
    const route = this.at('Network/Vpc/PublicSubnet1/DefaultRoute')[1].Properties ?? {};
    const [table] = this.at('Network/Vpc/PrivateSubnet1/RouteTable');
    this.add('WayOut', 'AWS::EC2::Route', { ...route, RouteTableId: { Ref: table } });
    return this;
  }

  groupId(path: string): Json {
    return { 'Fn::GetAtt': [this.at(path)[0], 'GroupId'] };
  }

  private at(path: string): [string, Resource] {
    const found = Object.entries(this.template.Resources).find(([, resource]) => pathOf(resource) === path);
    if (!found) throw new Error(`Nothing at ${path}`);
    return found;
  }
}
