/** Numbers that the script for PyTorch makes too, so that no weights need to be stored. */

const MODULUS = 2 ** 32;

/**
 * Numbers from -1 to 1 of the linear congruential generator `state -> 1664525 state + 1013904223 mod 2^32` (Numerical Recipes), whose
 * first states are thrown away.
 */
export function spread(seed: number, size: number): Float32Array {
  let state = (seed * 2654435761) % MODULUS;
  const next = () => state = (1664525 * state + 1013904223) % MODULUS;
  for (let skipped = 0; skipped < 3; skipped++) next();
  return Float32Array.from({ length: size }, () => 2 * (next() / MODULUS) - 1);
}

/** A weight by its shape and role: kernels keep the size of what they are applied to, scales lie around 1. */
export function weightOf(seed: number, shape: readonly number[], isScale: boolean): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = spread(seed, size);
  if (isScale) return numbers.map((number) => 1 + number / 4);
  const reach = shape.length === 1 ? 0.5 : Math.sqrt(3 / (size / shape[shape.length - 1]));
  return numbers.map((number) => reach * number);
}
