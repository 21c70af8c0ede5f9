import { countTransitions, graphOf } from "../graph/chart_graph.ts";
import {
  type Command,
  type Desk,
  printLines,
  refuseMore,
  type ReplayWorld,
  textOf,
  WrongUsage,
} from "./cli_command.ts";
import { drawSvg } from "../graph/draw_svg.ts";
import { drawDot, drawMermaid } from "../graph/draw_text.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import { measureLog, readPages } from "../log/read_pages.ts";

const formats = {
  svg: drawSvg,
  mermaid: (graph: Parameters<typeof drawMermaid>[0]) => Promise.resolve(drawMermaid(graph)),
  dot: (graph: Parameters<typeof drawDot>[0]) => Promise.resolve(drawDot(graph)),
};

/** `replay graph`: the statechart as a picture. */
export const graph: Command = {
  usage: "graph [chart] [--format svg|mermaid|dot] [--heat]",
  summary: "The statechart, drawn; --heat counts in this log how often each transition was taken.",
  options: { format: { type: "string" }, heat: { type: "boolean" } },
  plan([chart, ...rest], flags) {
    const format = textOf(flags, "format") ?? "svg";
    refuseMore(rest);
    if (!Object.hasOwn(formats, format)) {
      const known = Object.keys(formats).join(", ");
      throw new WrongUsage(`--format is one of ${known}, not "${format}"`);
    }
    const draw = formats[format as keyof typeof formats];
    return flags.heat ? { opens: "reading", run: (world) => drawHeat(world, chart, draw) } : {
      opens: "nothing",
      run: async (desk) => {
        printLines(desk, await draw(graphOf(chartOf(desk, chart).machine)));
        return exitCodes.whole;
      },
    };
  },
};

async function drawHeat(
  world: ReplayWorld,
  asked: string | undefined,
  draw: (typeof formats)[keyof typeof formats],
) {
  const { sql, charts, note, onProgress } = world;
  const { machine, id } = chartOf(world, asked);
  const { head, facts } = await measureLog(sql);
  const pages = readPages(sql, { upto: head });
  const heat = await countTransitions(pages, charts, machine, (done) => onProgress(done, facts));
  printLines(world, await draw(graphOf(machine, heat)));
  const cold = [...heat].filter(([, taken]) => taken === 0).map(([name]) => name);
  note(`${id}: ${cold.length} of ${heat.size} transitions were never taken in this log.`);
  return exitCodes.whole;
}

function chartOf({ charts }: Desk, asked = charts.current.id) {
  const chart = charts.all[asked];
  if (chart) return chart;
  const known = Object.keys(charts.all).join(", ");
  throw new CannotReplay(
    `Cannot draw ${asked}: there is no such chart. There are ${known}`,
    exitCodes.missing,
  );
}
