/** The VPC (guide 1-1). There is no NAT gateway: tasks that need the internet run in public subnets. */
export interface NetworkConfig {
  /** Which private IPv4 range (RFC 1918, /16 to /28) does the VPC get? Another one is another VPC: never change it. */
  readonly cidr: string;
  /**
   * In which zones of the region? Two or more, since a load balancer and a DB subnet group need two; `aws ec2
   * describe-availability-zones --region <region>` lists those of an account. After the first deploy, neither swap nor
   * replace one: the subnets would be made anew, whose ranges are taken by the old ones (CIDR conflict), and RDS keeps
   * those that its database uses. A further zone may be added at the end.
   */
  readonly availabilityZones: readonly string[];
  /**
   * Where do the load balancer, the web tasks and the import jobs run? One subnet per zone, in their order, /27 or
   * larger: the load balancer wants eight free addresses in each, and every task and job takes one.
   */
  readonly publicSubnets: readonly SubnetConfig[];
  /** Where does the database run? One subnet per zone, in their order. */
  readonly privateSubnets: readonly SubnetConfig[];
}

/** One subnet (guide 1-1). */
export interface SubnetConfig {
  /**
   * Which IPv4 range does the subnet get? It lies inside the VPC's and overlaps no other subnet. After the first deploy,
   * never change it: a new subnet is made before the old one goes, which RDS or the load balancer still uses.
   */
  readonly cidr: string;
}
