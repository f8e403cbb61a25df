/**
 * The largest share that one of `classes` classes can have where their entropy is `entropy` (nats): that at which the
 * others have equal shares, h(p) + (1 - p) ln(K - 1) = H. 1 / K for classes of equal share. What a constant prediction
 * can be right in at most.
 */
export function largestShare(entropy: number, classes: number): number {
  let [low, high] = [1 / classes, 1];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (entropyOf(middle, classes) > entropy) low = middle;
    else high = middle;
  }
  return high;
}

function entropyOf(share: number, classes: number): number {
  const rest = 1 - share;
  return -share * Math.log(share) - (rest > 0 ? rest * Math.log(rest / Math.max(1, classes - 1)) : 0);
}
