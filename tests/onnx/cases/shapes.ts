/** What convolutions of tests are given. */
import type { Numbers } from "../reference.ts";

export type Pad = "same" | "valid" | number;
export type Pair = [number, number];
export type Triple = [number, number, number];

export interface Shapes {
  readonly x: number[];
  readonly filter: number[];
}

export const inputs = ({ x, filter }: Shapes): Record<string, Numbers> => ({
  x: { shape: x },
  filter: { shape: filter },
});
