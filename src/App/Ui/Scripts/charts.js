// Charts come with their own file, fetched only where one is shown.
import { whenThere } from "./say.js";

whenThere("[data-chart]", figure => {
  const source = new URL(figure.dataset.chartSrc, document.baseURI).href;
  import(source).then(charts => charts.draw(figure));
});
