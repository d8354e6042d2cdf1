package dev.mdp.features.statistic;

import dev.mdp.core.decimal.Rounding;
import java.math.BigInteger;
import java.util.Arrays;

/// An exact sum of doubles, or of whole powers of doubles: what was added can be subtracted, in any
/// order, and nothing is left of it. A superaccumulator with 32 bits a chunk and 31 bits of room
/// for carries (R. M. Neal, "Fast exact summation using small and large superaccumulators", 2015,
/// arXiv:1505.05571), which here has only the chunks that its terms needed so far. One thread.
public final class ExactSum {
  /// After this many terms carries are moved up; each adds less than 2^32 to a chunk.
  private static final int MAX_PENDING = 1 << 29;

  private long[] chunks = {};
  private int low;
  private int pending;

  public void add(double term) {
    add(term, false);
  }

  public void subtract(double term) {
    add(term, true);
  }

  private void add(double term, boolean negate) {
    Limbs limbs = new Limbs();
    limbs.hold(term);
    if (term != 0) {
      add(limbs, negate);
    }
  }

  /// Adds the power that is held, which is not zero, or subtracts it.
  void add(Limbs term, boolean negate) {
    cover(term.low(), term.low() + term.size());
    if (++pending == MAX_PENDING) {
      carry();
    }
    int at = term.low() - low;
    if (term.isNegative() == negate) {
      for (int i = 0; i < term.size(); i++) {
        chunks[at + i] += term.limb(i);
      }
    } else {
      for (int i = 0; i < term.size(); i++) {
        chunks[at + i] -= term.limb(i);
      }
    }
  }

  /// The sum, rounded to the nearest double.
  public double value() {
    return Rounding.toDouble(integer(), (long) low * Limbs.BITS);
  }

  /// The sum is `integer() * 2^(32 * low())`.
  BigInteger integer() {
    if (chunks.length == 0) {
      return BigInteger.ZERO;
    }
    carry();
    int last = chunks.length - 1;
    byte[] bytes = new byte[Long.BYTES + last * Integer.BYTES];
    int at = 0;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[at++] = (byte) (chunks[last] >> shift);
    }
    for (int i = last - 1; i >= 0; i--) {
      for (int shift = Limbs.BITS - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        bytes[at++] = (byte) (chunks[i] >> shift);
      }
    }
    return new BigInteger(bytes);
  }

  int low() {
    return low;
  }

  void clear() {
    Arrays.fill(chunks, 0);
    pending = 0;
  }

  /// Leaves all chunks but the highest between 0 and 2^32, which does not change the sum.
  private void carry() {
    int last = chunks.length - 1;
    for (int i = 0; i < last; i++) {
      chunks[i + 1] += chunks[i] >> Limbs.BITS;
      chunks[i] &= Limbs.MASK;
    }
    long top = chunks[last] >> Limbs.BITS;
    if (top != 0 && top != -1) {
      chunks = Arrays.copyOf(chunks, last + 2);
      chunks[last + 1] = top;
      chunks[last] &= Limbs.MASK;
    }
    pending = 0;
  }

  private void cover(int from, int end) {
    if (chunks.length == 0) {
      low = from;
      chunks = new long[end - from];
      return;
    }
    int above = end - (low + chunks.length);
    if (above > 0) {
      chunks = Arrays.copyOf(chunks, chunks.length + above);
    }
    int below = low - from;
    if (below > 0) {
      long[] more = new long[chunks.length + below];
      System.arraycopy(chunks, 0, more, below, chunks.length);
      chunks = more;
      low = from;
    }
  }
}
