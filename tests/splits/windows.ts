import type { Stream } from "../../src/random/stream.ts";
import type { Fold, SplitWindow } from "../../src/splits/split.ts";

/** Windows of people from texts such as `a:0011-`: one a letter after the colon, its class or `-` for no label. */
export function peopleOf(text: string): SplitWindow[] {
  return text.split(" ").flatMap((word) => {
    const [subject, classes] = word.split(":");
    return [...classes].map((letter, index) => ({
      id: `${subject}@${index}`,
      subject,
      recording: `${subject}/${Math.floor(index / 2)}`,
      class: letter === "-" ? null : Number(letter),
    }));
  });
}

/** People with unequal numbers of windows and shares of the classes, a tenth of the windows without a label. */
export function randomPeople(
  source: Stream,
  { subjects, classes }: { subjects: number; classes: number },
): SplitWindow[] {
  return Array.from({ length: subjects }, (_, person) => {
    const shares = Array.from({ length: classes }, () => source.uniform() ** 2);
    const letters = Array.from({ length: 5 + source.integer(40) }, () => {
      if (source.uniform() < 0.1) return "-";
      const weights = shares.map((share) => share * source.uniform());
      return String(weights.indexOf(Math.max(...weights)));
    });
    return peopleOf(`s${person}:${letters.join("")}`);
  }).flat();
}

/** The distinct subjects of windows, sorted. */
export function subjectsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.split("@")[0]))].sort();
}

/** The subjects of every side of a fold, as `a b | c | d e`. */
export function describe({ train, validation, test }: Fold): string {
  return [train, validation, test].map((ids) => subjectsOf(ids).join(" ")).join(" | ");
}
