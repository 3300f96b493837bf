/**
 * The picture of heart rates: people and their median, class by class.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { byCodePoint } from "../../formats/window_table.ts";
import { median } from "../../signal/median.ts";
import { formatSignificant } from "../format.ts";
import { textWidth } from "../labels.ts";
import { colour } from "../palette.ts";
import { type Figure, type Panel, plotPanel } from "../svg.ts";
import type { InspectionData } from "./data.ts";

const WIDTH = 760;

/** The median heart rate of every person in each class; null where no window with beats has a class. */
export function rateFigure({ classes, windows }: InspectionData): Figure | null {
  const rated = windows.filter((window) => window.class !== null && window.perMinute !== null);
  if (rated.length === 0) return null;
  const people = personRates(classes, rated), middles = middleRates(classes, people);
  return {
    name: "heart_rates",
    title: "Heart rate by class",
    alt: "The median heart rate of every person. " +
      middles.map((middle) =>
        `${middle.class}: median ${formatSignificant(Math.round(middle.rate))} a minute.`
      ).join(" "),
    caption:
      "The median heart rate a minute over each person's windows of a class; the thick line is the median of the people. Where it tells " +
      "classes apart, heart rate alone will.",
    panel: ratePanel(classes, { people, middles }),
  };
}

interface ClassRate {
  readonly class: string;
  /** Beats a minute. */
  readonly rate: number;
}

interface PersonRate extends ClassRate {
  readonly subject: string;
}

/** The median of each person's windows of a class, people in order of their names. */
function personRates(classes: readonly string[], rated: InspectionData["windows"]): PersonRate[] {
  return classes.flatMap((name) => {
    const people = Map.groupBy(rated.filter((window) => window.class === name), ({ subject }) => subject);
    return [...people].toSorted(([one], [other]) => byCodePoint(one, other)).map(([subject, own]) => ({
      class: name,
      subject,
      rate: median(own.map(({ perMinute }) => perMinute ?? NaN)),
    }));
  });
}

/** The median of the people of each class that has some. */
function middleRates(classes: readonly string[], people: readonly PersonRate[]): ClassRate[] {
  return classes.flatMap((name) => {
    const own = people.filter((person) => person.class === name);
    return own.length === 0 ? [] : [{ class: name, rate: median(own.map(({ rate }) => rate)) }];
  });
}

function ratePanel(
  classes: readonly string[],
  { people, middles }: { people: readonly PersonRate[]; middles: readonly ClassRate[] },
): Panel {
  const marginLeft = 18 + Math.max(...classes.map((name) => textWidth(name, 12)));
  return plotPanel({
    width: WIDTH,
    height: 56 + 54 * classes.length,
    marginTop: 14,
    marginBottom: 34,
    marginLeft,
    marginRight: 24,
    x: { label: null, nice: true },
    fy: { domain: [...classes], axis: null, padding: 0 },
    marks: [
      Plot.gridX({ stroke: colour("line"), strokeOpacity: 1, ticks: 6 }),
      Plot.axisX({ ticks: 6, tickSize: 0, fontSize: 12, label: null }),
      Plot.text(classes, {
        fy: (name: string) => name,
        text: (name: string) => name,
        frameAnchor: "left",
        textAnchor: "end",
        dx: -8,
      }),
      Plot.dot(
        people,
        Plot.dodgeY("middle", {
          fy: "class",
          x: "rate",
          r: 3,
          padding: 0.5,
          fill: colour("arm-0"),
          fillOpacity: 0.75,
          title: ({ subject, rate }: PersonRate) => `${subject}: ${Math.round(rate)}`,
        }),
      ),
      Plot.tickX(middles, {
        fy: "class",
        x: "rate",
        stroke: colour("ink"),
        strokeWidth: 2,
        insetTop: 8,
        insetBottom: 8,
      }),
    ],
  });
}
