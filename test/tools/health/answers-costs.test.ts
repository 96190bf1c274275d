import { answers } from './aws-answers';

const spent = (actual: string, forecast: string) => ({
  DescribeBudget: {
    Budget: {
      BudgetLimit: { Amount: '60.0', Unit: 'USD' },
      CalculatedSpend: { ActualSpend: { Amount: actual }, ForecastedSpend: { Amount: forecast } },
    },
  },
});
answers('budget', [
  ['half of it', spent('30', '58.5'), 'well', /^$/],
  ['more to come', spent('30', '70'), 'look', /USD 30 of 60 are spent this month, and 70 are forecast/],
  ['all of it', spent('61.2', '80'), 'wrong', /USD 61\.2 of 60.*Cost Explorer/s],
]);
