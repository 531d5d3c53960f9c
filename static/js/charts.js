// Charts for exploring: Plotly draws the figure that stands as JSON beside its place. Colours are the page's own, by
// token name, light or dark; numbers and months are in the page's language. Without script the table has the numbers.
const isEnglish = document.documentElement.lang === "en";
const NARROW = 480;

// "--token" or "--token/.3" as a colour, as it is now.
const probe = document.createElement("i");
probe.hidden = true;
const colour = token => {
  if (!probe.isConnected) document.body.append(probe);
  const [name, alpha] = token.split("/");
  probe.style.color = "";
  probe.style.color = `var(${name})`;
  const solid = getComputedStyle(probe).color;
  return alpha ? solid.replace(/rgba?\(([^)]+)\)/, (_, parts) => `rgba(${parts.split(/[,\s/]+/).slice(0, 3).join(",")},${alpha})`) : solid;
};
const painted = value => {
  if (typeof value === "string") return value.startsWith("--") ? colour(value) : value;
  if (Array.isArray(value)) return value.map(painted);
  return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one)])) : value;
};

const NORWEGIAN = { moduleType: "locale", name: "nb", dictionary: {}, format: {
  days: ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
  shortDays: ["søn.", "man.", "tir.", "ons.", "tor.", "fre.", "lør."],
  months: ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
  shortMonths: ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
  date: "%d.%m.%Y" } };

const axis = { gridcolor: "--c-grid", linecolor: "--line-strong", tickcolor: "--line-strong", zerolinecolor: "--line-strong",
  zeroline: false, fixedrange: true, automargin: true, tickfont: { size: 13 }, title: { font: { size: 13 } } };
const frame = () => ({
  font: { family: "Inter, sans-serif", size: 13, color: "--muted" }, separators: isEnglish ? ".," : ",\u202f",
  paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: { l: 16, r: 16, t: 36, b: 44 },
  showlegend: false, dragmode: false, bargap: .3,
  legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", traceorder: "normal", font: { size: 13, color: "--ink" } },
  hoverlabel: { bgcolor: "--surface", bordercolor: "--line-strong", font: { color: "--ink", family: "Inter, sans-serif", size: 13 } },
  xaxis: { ...axis, title: { ...axis.title }, showgrid: false, ticks: "outside" }, yaxis: { ...axis, title: { ...axis.title }, ticks: "" } });
const merged = (base, more) => {
  for (const key in more) {
    const both = more[key] && typeof more[key] === "object" && !Array.isArray(more[key]) && base[key];
    base[key] = both ? merged(base[key], more[key]) : more[key];
  }
  return base;
};

// A long name in lines of its own, so that a phone has room for the chart.
const folded = (text, most) => text.split(" ").reduce((lines, word) => {
  const last = lines[lines.length - 1];
  if (last && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
  else lines.push(word);
  return lines;
}, []).join("<br> "); // the space is for who hears it read

// A phone: rows as high as their names, below a legend in lines of its own, fewer marks along the axis, and its title in lines.
function makeNarrow(place, layout, figure) {
  const { xaxis, yaxis } = layout;
  const lines = (yaxis.ticktext ?? []).map(text => text.split("<br>").length);
  const signs = layout.showlegend ? figure.data.filter(one => one.name && one.showlegend !== false).length : 0;
  const needed = lines.length * Math.max(...lines, 1) * 17 + Math.max(190, 120 + signs * 20);
  if (lines.length && needed > place.clientHeight) place.style.height = `${needed}px`;
  Object.assign(xaxis, { nticks: 4, tickangle: 0 });
  if (xaxis.tickvals?.length > 3) for (const key of ["tickvals", "ticktext"]) xaxis[key] = xaxis[key].filter((_, index) => index % 2 === 0);
  if (xaxis.title.text) xaxis.title.text = folded(xaxis.title.text, 34);
  for (const note of layout.annotations ?? []) note.text = folded(note.text, 12);
  layout.margin.b = 60;
}

function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const layout = merged(frame(), figure.layout ?? {});
  const isNarrow = place.clientWidth < NARROW;
  const { ticktext } = layout.yaxis;
  if (ticktext) layout.yaxis.ticktext = ticktext.map(text => folded(text, isNarrow ? 16 : 34));
  if (isNarrow) makeNarrow(place, layout, figure);
  place.querySelector("p")?.remove();
  Plotly.newPlot(place, painted(figure.data), painted(layout), { displayModeBar: false, responsive: true, locale: isEnglish ? "en-US" : "nb" }).then(() => {
    place.removeAttribute("aria-busy");
    place.querySelectorAll("svg").forEach(drawing => drawing.setAttribute("aria-hidden", "true"));
    // A point that stands for a project leads to it; the table has the same links.
    place.removeAllListeners("plotly_click");
    place.on("plotly_click", event => {
      const address = event.points[0]?.customdata;
      if (typeof address === "string" && address.startsWith("/")) location.assign(address);
    });
  });
}

const drawAll = which => document.querySelectorAll(which).forEach(draw);

addEventListener("DOMContentLoaded", () => {
  Plotly.register(NORWEGIAN);
  drawAll("[data-chart]");
});
document.addEventListener("htmx:after:swap", () => drawAll("[data-chart][aria-busy]"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll("[data-chart]"));
