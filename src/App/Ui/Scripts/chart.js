// Draws a figure of <Chart>. Colours are the page's own tokens, so light, dark and paper fit; SVG prints sharp.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const drawn = new Map();

/** Tokens may be light-dark(); only a painted element knows which of the two. */
function token(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** 40万 in Chinese, 400k and 4M in English. */
function short(value) {
  const size = Math.abs(value);
  if (document.documentElement.lang !== "en") return size >= 1e8 ? `${value / 1e8}亿` : size >= 1e4 ? `${value / 1e4}万` : value;
  return size >= 1e6 ? `${value / 1e6}M` : size >= 1e4 ? `${value / 1e3}k` : value;
}

function options(data) {
  const ink = token("--ink"), ink2 = token("--ink-2"), line = token("--line"), pane = token("--pane");
  const color = [1, 2, 3, 4, 5, 6].map(n => token(`--chart-${n}`));
  const text = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13, color: ink2 };
  const number = value => value == null ? "–" : Number(value).toLocaleString("en-US", { minimumFractionDigits: data.decimals, maximumFractionDigits: data.decimals });
  const usual = {
    color, animation: false, textStyle: text,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: pane, borderColor: line, textStyle: { ...text, color: ink }, valueFormatter: number, axisPointer: { type: data.kind === "line" ? "line" : "shadow", lineStyle: { color: line }, shadowStyle: { color: line, opacity: 0.35 } } },
    legend: { show: data.series.length > 1, top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: text, icon: "rect" },
  };
  if (data.kind === "share") {
    const values = data.series[0]?.values ?? [];
    return {
      ...usual, tooltip: { ...usual.tooltip, trigger: "item" }, legend: { ...usual.legend, show: true, orient: "vertical", left: "58%", top: "middle" },
      series: [{ type: "pie", radius: ["40%", "64%"], center: ["30%", "50%"], label: { show: false }, itemStyle: { borderColor: pane, borderWidth: 2 }, data: data.labels.map((name, i) => ({ name, value: values[i] })) }],
    };
  }
  const names = { type: "category", data: data.labels, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true } };
  const values = { type: "value", splitLine: { lineStyle: { color: line } }, axisLabel: { ...text, formatter: short } };
  const isAcross = data.kind === "across";
  return {
    ...usual,
    grid: { left: 4, right: 12, top: data.series.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    xAxis: isAcross ? values : names,
    yAxis: isAcross ? { ...names, inverse: true } : values,
    series: data.series.map((series, i) => data.kind === "line"
      ? { type: "line", name: series.name, data: series.values, symbol: ["circle", "rect", "triangle", "diamond", "roundRect", "circle"][i % 6], symbolSize: 5, showSymbol: series.values.length < 40, lineStyle: { width: 2 } }
      : { type: "bar", name: series.name, data: series.values, barMaxWidth: 28, stack: data.kind === "stack" ? "all" : undefined }),
  };
}

export function draw(figure) {
  for (const [other, chart] of drawn) if (!other.isConnected) { chart.dispose(); drawn.delete(other); }
  if (drawn.has(figure)) return;
  const canvas = figure.querySelector(".canvas");
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.setOption(options(JSON.parse(figure.dataset.chart)));
  drawn.set(figure, chart);
  new ResizeObserver(() => { if (!chart.isDisposed()) chart.resize(); }).observe(canvas);
}

function repaint() {
  for (const [figure, chart] of drawn) if (!chart.isDisposed()) chart.setOption(options(JSON.parse(figure.dataset.chart)), true);
}
document.addEventListener("theme-changed", repaint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
