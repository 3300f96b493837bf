/**
 * A plan: the stages that a run needs, each once, in an order in which inputs come first.
 *
 * @module
 */
import { packageVersions, stageIdentity, type StageKey } from "./identity.ts";
import { type StageName, STAGES } from "./stages/table.ts";

/** A stage that is to run, or that has run before. */
export interface PlannedStage {
  readonly key: StageKey;
  readonly id: string;
  readonly stage: StageName;
  /** The stages whose folders it reads, by role. */
  readonly inputs: Readonly<Record<string, PlannedStage>>;
  /** Files outside the store that it reads, whose content the key holds; absent for the folder that the parameters name, if any. */
  readonly data?: readonly string[];
  /** What a person calls it: `pretrain, fold 1, seed 2`. */
  readonly label: string;
}

/** Collects stages; asking twice for the same stage gives the same object. */
export class Plan {
  readonly #stages = new Map<string, PlannedStage>();

  /** The stage with these parameters and inputs. */
  add(
    stage: StageName,
    { parameters, inputs, data, label }: {
      parameters: unknown;
      inputs: Readonly<Record<string, PlannedStage>>;
      data?: readonly string[];
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
    const planned = { key, id, stage, inputs, label, ...data === undefined ? {} : { data } };
    this.#stages.set(id, planned);
    return planned;
  }

  /** Takes in stages of another plan. */
  include(stages: Iterable<PlannedStage>): void {
    for (const stage of stages) this.#stages.set(stage.id, stage);
  }

  /**
   * All stages with those first that most others wait for: what is quick and shared, then pretraining, then cells.
   *
   * Two workers that begin with the long stages end at nearly the same time.
   */
  longestFirst(): PlannedStage[] {
    const rank = new Map(Object.keys(STAGES).map((stage, index) => [stage, index]));
    const shared = rank.get("features") ?? 0;
    const rankOf = ({ stage }: PlannedStage) => Math.min(rank.get(stage) ?? 0, shared + 1);
    return this.stages.sort((left, right) => rankOf(left) - rankOf(right));
  }

  /** All stages, in the order in which they were asked for: inputs before what reads them. */
  get stages(): PlannedStage[] {
    return [...this.#stages.values()];
  }
}
