package dev.mdp.cli.shell;

import picocli.CommandLine.TypeConversionException;

/// Numbers on the command line.
final class Numbers {
  private Numbers() {}

  static int parseInt(String text) {
    long number = parseLong(text);
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw new TypeConversionException("is too large, was '" + text + "'");
    }
    return (int) number;
  }

  static long parseLong(String text) {
    if (!text.matches("[+-]?[0-9]+")) {
      throw new TypeConversionException("must be a whole number, was '" + text + "'");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("is too large, was '" + text + "'");
    }
  }

  static double parseDouble(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new TypeConversionException("must be a number, was '" + text + "'");
  }
}
