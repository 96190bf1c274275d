/** The VPC (guide 1-1). There is no NAT gateway: what needs the internet stands in a public subnet. */
export interface NetworkConfig {
  /** Which private IPv4 range (RFC 1918, /16 to /28) does the VPC get? */
  readonly cidr: string;
  /** In which zones of the region? Two or more, since a load balancer and a DB subnet group need two. */
  readonly availabilityZones: readonly string[];
  /** Where do the load balancer, the web tasks and the import jobs stand? One subnet per zone, in their order. */
  readonly publicSubnets: readonly SubnetConfig[];
  /** Where does the database stand? One subnet per zone, in their order. */
  readonly privateSubnets: readonly SubnetConfig[];
}

/** One subnet (guide 1-1). */
export interface SubnetConfig {
  /** Which IPv4 range does the subnet get? It lies inside the VPC's and overlaps no other subnet. */
  readonly cidr: string;
}
