/**
 * A plan: the stages that a run needs, each once, in an order in which inputs come first.
 *
 * @module
 */
import { packageVersions, type StageKey, stageIdentity } from "./identity.ts";
import { type StageName, STAGES } from "./stages/table.ts";

/** A stage that is to run, or that has run before. */
export interface PlannedStage {
  readonly key: StageKey;
  readonly id: string;
  readonly stage: StageName;
  /** The stages whose folders it reads, by role. */
  readonly inputs: Readonly<Record<string, PlannedStage>>;
  /** What a person calls it: `pretrain, fold 1, seed 2`. */
  readonly label: string;
}

/** Collects stages; asking twice for the same stage gives the same object. */
export class Plan {
  readonly #stages = new Map<string, PlannedStage>();

  /** The stage with these parameters and inputs. */
  add(
    stage: StageName,
    { parameters, inputs, label }: {
      parameters: unknown;
      inputs: Readonly<Record<string, PlannedStage>>;
      label: string;
    },
  ): PlannedStage {
    const { version, packages } = STAGES[stage];
    const key: StageKey = {
      stage,
      version,
      parameters,
      inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, input.id])),
      packages: packageVersions(packages),
    };
    const id = stageIdentity(key);
    const known = this.#stages.get(id);
    if (known !== undefined) return known;
    const planned = { key, id, stage, inputs, label };
    this.#stages.set(id, planned);
    return planned;
  }

  /** All stages, in the order in which they were asked for: inputs before what reads them. */
  get stages(): PlannedStage[] {
    return [...this.#stages.values()];
  }
}
