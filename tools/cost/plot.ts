import { init } from 'echarts';
import { PARTS } from './bill';
import { type EnvironmentCost, partOf } from './environment-cost';
import { usd } from './money';

/** GitHub's page in either theme: text, lines, and the bars of what is sure and of what more tasks add. */
export const THEMES = {
  light: { text: '#1f2328', line: '#d1d9e0', bar: '#0969da', more: '#a5cdfa', page: '#ffffff' },
  dark: { text: '#e6edf3', line: '#3d444d', bar: '#4493f8', more: '#1b4a85', page: '#0d1117' },
} as const;

const [WIDTH, ROW, HEAD] = [840, 26, 60];
/** The shortest bar that is visible, in pixels. */
const LEAST = 0.1;

/** Plot of the costs of each environment's parts, as an SVG. */
export function plot(costs: readonly EnvironmentCost[], theme: keyof typeof THEMES): string {
  const colours = THEMES[theme];
  const parts = PARTS.filter((part) => costs.some((cost) => partOf(cost, part).to >= LEAST));
  const height = HEAD + parts.length * ROW + 10;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const left = (index: number) => 145 + index * 350;
  const label = { fontSize: 13, fontFamily: 'sans-serif', color: colours.text };
  chart.setOption({
    animation: false,
    backgroundColor: colours.page,
    title: costs.map((cost, index) => ({
      text: `${cost.stack}: USD ${usd(cost.usd)}`,
      left: left(index) - 5,
      top: 12,
      textStyle: { ...label, fontSize: 15 },
    })),
    grid: costs.map((_, index) => ({ left: left(index), top: HEAD - 15, width: 240, bottom: 10 })),
    xAxis: costs.map((_, index) => ({ type: 'value', gridIndex: index, show: false })),
    yAxis: costs.map((_, index) => ({
      type: 'category',
      gridIndex: index,
      inverse: true,
      data: parts,
      axisLabel: { ...label, show: index === 0, interval: 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    })),
    series: costs.flatMap((cost, index) => {
      const ranges = parts.map((part) => partOf(cost, part));
      const bars = { type: 'bar' as const, stack: cost.stack, xAxisIndex: index, yAxisIndex: index, barWidth: '60%' };
      return [
        { ...bars, color: colours.bar, data: ranges.map(({ from }) => from) },
        {
          ...bars,
          color: colours.more,
          data: ranges.map((range) => ({
            value: range.to - range.from,
            label: { ...label, show: true, position: 'right' as const, formatter: range.to > 0 ? usd(range) : '–' },
          })),
        },
      ];
    }),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
