/**
 * The Sobol’ sequence: points that fill the unit cube evenly, so that fewer are needed than at random.
 *
 * Idea: each coordinate is a sum, modulo 2, of direction numbers picked by the bits of the Gray code of the point’s number, so that one point
 * differs from the one before by one of them (Antonov & Saleev 1979). Direction numbers: Joe & Kuo 2008, SIAM Journal on Scientific
 * Computing 30, set “new-joe-kuo-6”. Cost: one exclusive or for each coordinate.
 */

/** For each dimension from the second: the polynomial’s inner coefficients as a number, and the first odd numbers m. */
const DIRECTIONS: readonly { readonly a: number; readonly m: readonly number[] }[] = [
  { a: 0, m: [1] },
  { a: 1, m: [1, 3] },
  { a: 1, m: [1, 3, 1] },
  { a: 2, m: [1, 1, 1] },
  { a: 1, m: [1, 1, 3, 3] },
  { a: 4, m: [1, 3, 5, 13] },
  { a: 2, m: [1, 1, 5, 5, 17] },
  { a: 4, m: [1, 1, 5, 5, 5] },
  { a: 7, m: [1, 1, 7, 11, 19] },
  { a: 11, m: [1, 1, 5, 1, 1] },
  { a: 13, m: [1, 1, 1, 3, 11] },
  { a: 14, m: [1, 3, 5, 5, 31] },
  { a: 1, m: [1, 3, 3, 9, 7, 49] },
  { a: 13, m: [1, 1, 1, 15, 21, 21] },
  { a: 16, m: [1, 3, 1, 13, 27, 49] },
  { a: 19, m: [1, 1, 1, 15, 7, 5] },
  { a: 22, m: [1, 3, 1, 15, 13, 25] },
  { a: 25, m: [1, 1, 5, 5, 19, 61] },
  { a: 1, m: [1, 3, 7, 11, 23, 15, 103] },
  { a: 4, m: [1, 3, 7, 13, 13, 15, 69] },
];

export const MOST_DIMENSIONS = DIRECTIONS.length + 1;
const BITS = 32;

/**
 * The first points of the sequence, unscrambled, from the origin on: `points[point * dimensions + dimension]` on [0, 1).
 * @throws RangeError for more than 21 dimensions
 */
export function sobolPoints(dimensions: number, count: number): Float64Array {
  if (dimensions < 1 || dimensions > MOST_DIMENSIONS)
    throw new RangeError(`The sequence has 1 to ${MOST_DIMENSIONS} dimensions, not ${dimensions}.`);
  const vectors = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension));
  const points = new Float64Array(dimensions * count);
  const at = new Uint32Array(dimensions);
  for (let point = 1; point < count; point++) {
    const changed = 31 - Math.clz32(lowestZero(point - 1));
    for (let dimension = 0; dimension < dimensions; dimension++) {
      at[dimension] = (at[dimension] as number) ^ (vectors[dimension]?.[changed] ?? 0);
      points[point * dimensions + dimension] = (at[dimension] as number) / 2 ** BITS;
    }
  }
  return points;
}

/** The lowest bit that is 0, as a power of two: the bit in which the Gray code changes next. */
const lowestZero = (number: number): number => ~number & (number + 1);

function directionsOf(dimension: number): Uint32Array {
  const vectors = new Uint32Array(BITS);
  const own = DIRECTIONS[dimension - 1];
  if (!own) return vectors.map((_, bit) => 2 ** (BITS - 1 - bit));
  const { a, m } = own;
  const degree = m.length;
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      vectors[bit] = (m[bit] as number) * 2 ** (BITS - 1 - bit);
      continue;
    }
    let value = (vectors[bit - degree] as number) ^ ((vectors[bit - degree] as number) >>> degree);
    for (let inner = 1; inner < degree; inner++)
      if ((a >> (degree - 1 - inner)) & 1) value ^= vectors[bit - inner] as number;
    vectors[bit] = value;
  }
  return vectors;
}
