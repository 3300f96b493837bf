/**
 * Windows out of recordings, made as the run that trained the model made its own.
 *
 * @module
 */
import { basename } from "node:path";
import type { Dataset, DatasetContext, Recording } from "../../datasets/dataset.ts";
import { type DatasetSpecification, openDataset } from "../../datasets/table.ts";
import { windowId } from "../../formats/window_table.ts";
import { cannotTakeLead, cutWindows, standardize } from "../stages/cut_windows.ts";
import type { SignalParameters } from "../../signal/schema.ts";
import type { EvaluatedModel } from "./model.ts";
import type { Source, SourceWindow } from "./windows.ts";

/** Recordings that a model is evaluated on. */
export interface RecordingSource extends Source {
  readonly dataset: Dataset;
}

/** How recordings are opened. */
export interface RecordingOptions {
  readonly context: DatasetContext;
  /** Told of every recording when it has been read. */
  readonly note?: (recording: Recording) => void;
}

/**
 * Opens a dataset.
 *
 * Throws where the dataset does. Its windows throw RangeError for a recording without the model's lead.
 */
export async function openRecordings(
  specification: DatasetSpecification,
  { model: { signal, scale }, context, note }: RecordingOptions & { model: EvaluatedModel },
): Promise<RecordingSource> {
  const dataset = await openDataset(specification, context);
  async function* noted() {
    for await (const recording of dataset.recordings()) {
      mustHaveLead(recording, signal);
      note?.(recording);
      yield recording;
    }
  }
  return {
    name: nameOf(specification),
    dataset,
    hasPeople: true,
    async *windows() {
      for await (const { recording, first, length, verdict, samples } of cutWindows(noted(), signal)) {
        const { id, subject, session } = recording;
        yield {
          place: {
            id: windowId(id, { first, length }),
            recording: id,
            subject,
            session,
            dataset: id.split("/")[0],
            span: { first, length },
          },
          verdict,
          samples: samples === null || scale === null ? samples : standardize(samples, scale),
        } satisfies SourceWindow;
      }
    },
  };
}

function mustHaveLead(recording: Recording, { lead, leadFallback = [] }: SignalParameters): void {
  const names = recording.leads.map(({ name }) => name);
  if ([lead, ...leadFallback].some((name) => names.includes(name))) return;
  throw new RangeError(
    `${cannotTakeLead(recording)}: the model reads ${
      [lead, ...leadFallback].join(" or ")
    }, which must be there, got ${names.join(", ")}; --set signal.lead=NAME takes another`,
  );
}

/** That of its folder, or of its kind where it has none. */
export function nameOf({ kind, path }: DatasetSpecification): string {
  return typeof path === "string" ? basename(path) : kind;
}
