/**
 * Batch evaluation of a model: recordings or windows in, predictions and scores out.
 *
 * @module
 */
import { join } from "node:path";
import type { DatasetContext } from "../../datasets/dataset.ts";
import { writeCsv } from "../../formats/csv.ts";
import { writeJson } from "../stages/folders.ts";
import { removeIfThere } from "../store.ts";
import { readyWindows } from "./features.ts";
import { checkLabelRequest, type Labelling, type LabelRequest, labelWindows } from "./labelling.ts";
import type { EvaluatedModel } from "./model.ts";
import { type PredictionTimes, predictWindows } from "./predict.ts";
import { createPredictions } from "./predictions_file.ts";
import type { LeadChoice } from "./request.ts";
import { scoreLabelled } from "./scores.ts";
import { isNewPerson, seenPeople } from "./seen_people.ts";
import { type OpenedSource, openSources, type SourceRequest } from "./sources.ts";
import { type EvaluationSummary, modelFacts, totalsOf, warningsOf } from "./summary.ts";
import { countClasses, countRefused, countWindow } from "./tally.ts";
import type { Place, PredictedWindow, ReadyWindow } from "./windows.ts";

/** What is evaluated, on what. */
export interface EvaluateRequest extends SourceRequest, LabelRequest {
  readonly model: EvaluatedModel;
  /** The model's path, for the summary. */
  readonly file: string;
  /** Taken in place of the model's lead. */
  readonly lead?: LeadChoice;
}

/** How it is evaluated. */
export interface EvaluateOptions {
  readonly context: DatasetContext;
  /** Where the files go. */
  readonly output: string;
  /** Windows that a session sees at a time. */
  readonly batch: number;
  /** Sessions side by side, one thread each. */
  readonly threads: number;
  /** Told how many windows are predicted, and of which recording the last one is. */
  progress(windows: number, recording: string): void;
}

/**
 * Predicts every window and writes `predictions.csv`, then `summary.json`, and `labels.csv` where there are labels.
 *
 * Windows are predicted as they are cut; without labels none is kept, with labels the places and probabilities of all are. Throws
 * RangeError or SyntaxError for data that can't be used; predictions that are complete stay.
 */
export async function evaluate(
  request: EvaluateRequest,
  { context, output, batch, threads, progress }: EvaluateOptions,
): Promise<EvaluationSummary> {
  const start = performance.now(), model = withLead(request.model, request.lead);
  checkLabelRequest(request, { hasRecordings: request.datasets.length > 0 });
  const isLabelled = request.labels !== undefined || request.target !== undefined;
  const sources = await openSources(request, { model, context, keepNotes: request.target !== undefined });
  const kept: PredictedWindow[] = [], refused: Place[] = [], counts = model.classes.map(() => 0);
  const times: PredictionTimes = { sessions: 0, inference: 0 };

  const partial = join(output, "predictions.csv.partial");
  try {
    using predictions = createPredictions(partial, model);
    const windows = windowsOf(sources, { model, refused: isLabelled ? refused : null });
    let done = 0;
    for await (const predicted of predictWindows(windows, { model, batch, threads, times })) {
      predictions.append(predicted);
      countClasses(counts, predicted);
      if (isLabelled) kept.push(...predicted);
      progress(done += predicted.length, predicted[predicted.length - 1].place.recording);
    }
    if (done === 0) throw new RangeError(noWindows(sources, model));
    // What an earlier evaluation left tells of other predictions.
    for (const name of ["summary.json", "labels.csv"]) await removeIfThere(join(output, name));
    await Deno.rename(partial, join(output, "predictions.csv"));
  } finally {
    await removeIfThere(partial);
  }
  const seconds = (performance.now() - start) / 1000;

  const places = kept.map(({ place }) => place);
  const labelling = await labelWindows(request, { model, sources, places, refused });
  const tallies = sources.map(({ tally }) => tally), totals = totalsOf(sources);
  const seen = seenPeople(model, tallies.flatMap(({ people }) => [...people.values()]));
  const summary: EvaluationSummary = {
    model: modelFacts(model, request.file),
    ...totals,
    predicted: Object.fromEntries(model.classes.map((name, index) => [name, counts[index]])),
    seen,
    warnings: warningsOf(seen, { tallies, model }),
    notes: notesOf(request, model),
    ...labelling === undefined ? {} : {
      scores: scoreLabelled(kept, {
        labels: labelling.classes,
        classes: model.classes,
        isNew: ({ place }) => isNewPerson(model, place),
        hasPeople: sources.every(({ source }) => source.hasPeople),
      }),
      unlabelled: labelling.unlabelled,
    },
    performance: {
      seconds,
      windowsPerSecond: totals.windows / seconds,
      sessions: times.sessions,
      inferenceSeconds: times.inference,
      batch,
    },
  };
  if (labelling !== undefined) writeLabels(output, places, { labelling, model });
  writeJson(output, "summary.json", summary);
  return summary;
}

/** All windows as the model reads them; places of those that are left out go to `refused`, where somebody wants them. */
async function* windowsOf(
  sources: readonly OpenedSource[],
  { model, refused }: { model: EvaluatedModel; refused: Place[] | null },
): AsyncGenerator<ReadyWindow, void, undefined> {
  for (const { source, tally } of sources) {
    const ready = readyWindows(source.windows(), {
      model,
      refused(window) {
        countRefused(tally, window);
        refused?.push(window.place);
      },
    });
    for await (const window of ready) {
      countWindow(tally, window.place);
      yield window;
    }
  }
}

function withLead(model: EvaluatedModel, lead: LeadChoice | undefined): EvaluatedModel {
  return lead === undefined ? model : { ...model, signal: { ...model.signal, ...lead } };
}

/** What a reader of the predictions should know of how windows were made. */
function notesOf(
  { model: { signal: trained }, files, datasets }: EvaluateRequest,
  { signal, features }: EvaluatedModel,
): string[] {
  const notes: string[] = [], { scope } = signal.normalize;
  if (datasets.length > 0 && (scope === "subject" || scope === "recording")) {
    notes.push(
      `samples are normalised over all windows of the ${scope} that are given, as in training: transductive`,
    );
  }
  if (signal.lead !== trained.lead) {
    notes.push(`lead ${signal.lead} is taken in place of ${trained.lead}, on which the model was trained`);
  }
  if (files.length > 0) {
    const prepared = features === null ? "filtered and normalised as in training" : "filtered as in training";
    notes.push(`windows of files are taken as they are: at ${signal.resample} Hz, ${prepared}`);
  }
  return notes;
}

function noWindows(sources: readonly OpenedSource[], { signal, samples }: EvaluatedModel): string {
  const { data, discarded } = totalsOf(sources);
  const leftOut = Object.entries(discarded).map(([reason, count]) => `, ${count} left out as ${reason}`).join(
    "",
  );
  return `Cannot evaluate: there must be at least one window of ${
    samples / signal.resample
  } s (${samples} samples), got none in ${data.map(({ name }) => name).join(", ")}${leftOut}`;
}

/** The classes that windows were scored by; the file can be given again as labels. */
function writeLabels(
  output: string,
  places: readonly Place[],
  { labelling: { classes }, model }: { labelling: Labelling; model: EvaluatedModel },
): void {
  const rows = places.flatMap(({ id }) => {
    const known = classes.get(id);
    return known === undefined ? [] : [{ window: id, class: model.classes[known.class] }];
  });
  Deno.writeTextFileSync(join(output, "labels.csv"), writeCsv(["window", "class"], rows));
}
