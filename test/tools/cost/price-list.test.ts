import { ageWarnings, readPrices } from '../../../tools/cost/price-list';

const prices = readPrices();

test('a price without unit, source or date, or of an unknown source, would be no price', () => {
  for (const { unit, usd, source, date } of prices.prices) {
    expect(unit).not.toBe('');
    expect(usd).toBeGreaterThan(0);
    expect(Object.keys(prices.sources)).toContain(source);
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  }
});

test('prices of a year warn, and tell how to renew them', () => {
  expect(ageWarnings(prices, new Date('2027-08-01'))).toEqual([]);
  expect(ageWarnings(prices, new Date('2027-08-02'))).toEqual([
    expect.stringMatching(/^1 of \d+ prices are older than a year, the oldest of 2026-08-01: renew them with "npm run/),
  ]);
});
