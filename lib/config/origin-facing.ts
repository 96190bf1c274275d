/**
 * Ids of AWS's prefix list `com.amazonaws.global.cloudfront.origin-facing`: the addresses from which CloudFront reaches an
 * origin. Each region has its own, and a lookup needs credentials.
 */
export const ORIGIN_FACING_PREFIX_LISTS: Readonly<Partial<Record<string, string>>> = {
  'ap-northeast-1': 'pl-58a04531',
  'ap-northeast-3': 'pl-31a14458',
};
