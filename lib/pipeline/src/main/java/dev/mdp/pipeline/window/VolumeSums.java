package dev.mdp.pipeline.window;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.decimal.Decimals;

/// Volume and notional of one window as exact decimals. One thread.
final class VolumeSums {
  private final DecimalSum volume = new DecimalSum();
  private final DecimalSum notional = new DecimalSum();

  /// Adds one trade; `scales` remembers at which scales this symbol's numbers have come so far.
  void add(double price, double size, Scales scales) {
    long sizeMantissa = scales.sizeMantissa(size);
    long priceMantissa = scales.priceMantissa(price);
    if (sizeMantissa != Decimals.NONE) {
      volume.add(sizeMantissa, scales.sizeScale());
    } else {
      volume.add(Decimals.shortest(size));
    }
    if (sizeMantissa != Decimals.NONE
        && priceMantissa != Decimals.NONE
        && Decimals.productFits(priceMantissa, sizeMantissa)) {
      notional.add(priceMantissa * sizeMantissa, scales.priceScale() + scales.sizeScale());
    } else {
      notional.add(Decimals.shortest(price).multiply(Decimals.shortest(size)));
    }
  }

  DecimalSum exactVolume() {
    return volume;
  }

  DecimalSum exactNotional() {
    return notional;
  }

  double volume() {
    return volume.value();
  }

  /// Exactly notional / volume, rounded once; NaN at zero volume.
  double vwap() {
    return notional.over(volume);
  }

  void clear() {
    volume.clear();
    notional.clear();
  }

  /// The scales at which one symbol's numbers have come so far: the next number most likely fits
  /// them, so that one multiplication and one division find its decimal.
  static final class Scales {
    private int price;
    private int size;

    long priceMantissa(double value) {
      long mantissa = Decimals.mantissa(value, price);
      if (mantissa != Decimals.NONE) {
        return mantissa;
      }
      int scale = Decimals.scale(value);
      if (scale < 0) {
        return Decimals.NONE;
      }
      price = scale;
      return Decimals.mantissa(value, scale);
    }

    long sizeMantissa(double value) {
      long mantissa = Decimals.mantissa(value, size);
      if (mantissa != Decimals.NONE) {
        return mantissa;
      }
      int scale = Decimals.scale(value);
      if (scale < 0) {
        return Decimals.NONE;
      }
      size = scale;
      return Decimals.mantissa(value, scale);
    }

    int priceScale() {
      return price;
    }

    int sizeScale() {
      return size;
    }
  }
}
