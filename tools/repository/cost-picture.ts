import { type EChartsOption, init } from 'echarts';
import { COST_PARTS, type CostPart } from '../cost/bill';
import { costOfPart, type EnvironmentCost } from '../cost/environment-cost';
import { formatUsd } from '../cost/format-amounts';
import type { CostSum } from '../cost/range';

/** Colours of a picture, which fit GitHub's page in one of its themes. */
interface Colours {
  readonly text: string;
  readonly line: string;
  /** Bar for the cost with the fewest tasks. */
  readonly leastCost: string;
  /** Bar for the cost that the most tasks add. */
  readonly addedCost: string;
  readonly page: string;
}

type Theme = 'light' | 'dark';

const COLOURS_BY_THEME: Readonly<Record<Theme, Colours>> = {
  light: { text: '#1f2328', line: '#d1d9e0', leastCost: '#0969da', addedCost: '#a5cdfa', page: '#ffffff' },
  dark: { text: '#e6edf3', line: '#3d444d', leastCost: '#4493f8', addedCost: '#1b4a85', page: '#0d1117' },
};

// Sizes in pixels.
const PICTURE_WIDTH = 840;
const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 60;
/** Part of the head that the charts take for their upper margin. */
const CHART_TOP_MARGIN = 15;
const BOTTOM_MARGIN = 10;
const CHART_WIDTH = 240;
/** Space for the names of the parts, to the left of the first chart. */
const NAMES_WIDTH = 145;
/** From the left of one chart to the left of the next one. */
const CHART_DISTANCE = 350;
const TITLE_TOP = 12;
/** Distance by which a title begins to the left of its chart. */
const TITLE_OUTDENT = 5;
const TITLE_FONT_SIZE = 15;
const LABEL_FONT_SIZE = 13;

/** Parts that cost less in every environment are left out: their bars would be invisible. */
const LEAST_VISIBLE_USD = 0.1;

/** Label of a part that an environment does not have. */
const NO_COST = '–';

/** Draws the cost of each environment by part. Returns an SVG. */
export function drawCosts(costs: readonly EnvironmentCost[], theme: Theme): string {
  const parts = COST_PARTS.filter((part) => costs.some((cost) => isVisible(costOfPart(cost, part))));
  const height = HEAD_HEIGHT + parts.length * ROW_HEIGHT + BOTTOM_MARGIN;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: PICTURE_WIDTH, height });
  chart.setOption(chartOption(costs, parts, COLOURS_BY_THEME[theme]));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** True also for an unknown cost, which is labelled as such. */
function isVisible(usd: CostSum): boolean {
  return usd === undefined || usd.to >= LEAST_VISIBLE_USD;
}

/** One chart for each environment, from left to right. */
function chartOption(costs: readonly EnvironmentCost[], parts: CostPart[], colours: Colours): EChartsOption {
  return {
    animation: false,
    backgroundColor: colours.page,
    title: costs.map((cost, index) => titleOf(cost, index, colours)),
    grid: costs.map((_, index) => ({
      left: leftOf(index),
      top: HEAD_HEIGHT - CHART_TOP_MARGIN,
      width: CHART_WIDTH,
      bottom: BOTTOM_MARGIN,
    })),
    xAxis: costs.map((_, index) => ({ type: 'value', gridIndex: index, show: false })),
    yAxis: costs.map((_, index) => partAxis(parts, index, colours)),
    series: costs.flatMap((cost, index) => barsOf(cost, parts, index, colours)),
  };
}

/** Left edge of an environment's chart. */
function leftOf(environmentIndex: number): number {
  return NAMES_WIDTH + environmentIndex * CHART_DISTANCE;
}

function labelStyle(colours: Colours) {
  return { fontSize: LABEL_FONT_SIZE, fontFamily: 'sans-serif', color: colours.text };
}

function titleOf({ stackName, usd }: EnvironmentCost, index: number, colours: Colours) {
  return {
    text: `${stackName}: USD ${formatUsd(usd)}`,
    left: leftOf(index) - TITLE_OUTDENT,
    top: TITLE_TOP,
    textStyle: { ...labelStyle(colours), fontSize: TITLE_FONT_SIZE },
  };
}

/** Vertical axis with a row for each part. Only the first chart shows the names of the parts. */
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

/**
 * In each row a bar for the cost with the fewest tasks, and after it a bar for the cost that the most tasks add, whose label
 * is the whole cost. An unknown cost has a label only.
 */
function barsOf(cost: EnvironmentCost, parts: readonly CostPart[], index: number, colours: Colours) {
  const partCosts = parts.map((part) => costOfPart(cost, part));
  // ECharts puts bars with the same `stack` one after the other.
  const bar = {
    type: 'bar' as const,
    stack: cost.stackName,
    xAxisIndex: index,
    yAxisIndex: index,
    barWidth: '60%',
  };
  const leastCosts = partCosts.map((usd) => usd?.from ?? 0);
  const addedCosts = partCosts.map((usd) => ({
    value: usd ? usd.to - usd.from : 0,
    label: {
      ...labelStyle(colours),
      show: true,
      position: 'right' as const,
      formatter: labelOf(usd),
    },
  }));
  return [
    { ...bar, color: colours.leastCost, data: leastCosts },
    { ...bar, color: colours.addedCost, data: addedCosts },
  ];
}

function labelOf(usd: CostSum): string {
  return usd?.to === 0 ? NO_COST : formatUsd(usd);
}
