import { type EChartsOption, init } from 'echarts';
import { type CostPart, PARTS } from '../cost/bill';
import { costOfPart, type EnvironmentCost } from '../cost/environment-cost';
import { formatUsd } from '../cost/money';

/** Colours of a picture on GitHub's page. */
interface Colours {
  readonly text: string;
  readonly line: string;
  /** Bar of the cost with the fewest tasks. */
  readonly leastCost: string;
  /** Bar of the cost that more tasks add. */
  readonly addedCost: string;
  readonly page: string;
}

type Theme = 'light' | 'dark';

/** Themes of GitHub's page. */
const THEMES: Readonly<Record<Theme, Colours>> = {
  light: { text: '#1f2328', line: '#d1d9e0', leastCost: '#0969da', addedCost: '#a5cdfa', page: '#ffffff' },
  dark: { text: '#e6edf3', line: '#3d444d', leastCost: '#4493f8', addedCost: '#1b4a85', page: '#0d1117' },
};

/** Sizes in pixels. */
const WIDTH = 840;
const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 60;
const BOTTOM = 10;
const CHART_WIDTH = 240;
/** From the left edge to the first chart, where the names of the parts are. */
const NAMES_WIDTH = 145;
/** From the left of one chart to the left of the next one. */
const CHART_DISTANCE = 350;

/** Smallest cost of a part with a visible bar, in dollars. */
const LEAST_VISIBLE = 0.1;

/** Draws the costs of each environment by part, as an SVG. */
export function drawCosts(costs: readonly EnvironmentCost[], theme: Theme): string {
  const parts = PARTS.filter((part) => costs.some((cost) => costOfPart(cost, part).to >= LEAST_VISIBLE));
  const height = HEAD_HEIGHT + parts.length * ROW_HEIGHT + BOTTOM;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption(chartOption(costs, parts, THEMES[theme]));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** One chart for each environment, beside each other. */
function chartOption(costs: readonly EnvironmentCost[], parts: CostPart[], colours: Colours): EChartsOption {
  return {
    animation: false,
    backgroundColor: colours.page,
    title: costs.map((cost, index) => titleOf(cost, index, colours)),
    grid: costs.map((_, index) => ({
      left: leftOf(index),
      top: HEAD_HEIGHT - 15,
      width: CHART_WIDTH,
      bottom: BOTTOM,
    })),
    xAxis: costs.map((_, index) => ({ type: 'value', gridIndex: index, show: false })),
    yAxis: costs.map((_, index) => partAxis(parts, index, colours)),
    series: costs.flatMap((cost, index) => barsOf(cost, parts, index, colours)),
  };
}

/** Left of an environment's chart. */
function leftOf(index: number): number {
  return NAMES_WIDTH + index * CHART_DISTANCE;
}

function labelStyle(colours: Colours) {
  return { fontSize: 13, fontFamily: 'sans-serif', color: colours.text };
}

function titleOf({ stack, usd }: EnvironmentCost, index: number, colours: Colours) {
  return {
    text: `${stack}: USD ${formatUsd(usd)}`,
    left: leftOf(index) - 5,
    top: 12,
    textStyle: { ...labelStyle(colours), fontSize: 15 },
  };
}

/** Axis of the parts. Only the first chart has their names. */
function partAxis(parts: CostPart[], index: number, colours: Colours) {
  return {
    type: 'category' as const,
    gridIndex: index,
    inverse: true,
    data: parts,
    axisLabel: { ...labelStyle(colours), show: index === 0, interval: 0 },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
  };
}

/** Bars of the least cost, and behind each one a bar of what more tasks add, with the cost as its label. */
function barsOf(cost: EnvironmentCost, parts: readonly CostPart[], index: number, colours: Colours) {
  const ranges = parts.map((part) => costOfPart(cost, part));
  const bar = {
    type: 'bar' as const,
    stack: cost.stack,
    xAxisIndex: index,
    yAxisIndex: index,
    barWidth: '60%',
  };
  const leastCosts = ranges.map(({ from }) => from);
  const addedCosts = ranges.map((range) => ({
    value: range.to - range.from,
    label: {
      ...labelStyle(colours),
      show: true,
      position: 'right' as const,
      formatter: range.to > 0 ? formatUsd(range) : '–',
    },
  }));
  return [
    { ...bar, color: colours.leastCost, data: leastCosts },
    { ...bar, color: colours.addedCost, data: addedCosts },
  ];
}
