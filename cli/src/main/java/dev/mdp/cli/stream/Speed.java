package dev.mdp.cli.stream;

import dev.mdp.pipeline.produce.Pacing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `--speed`: seconds of event time a second.
final class Speed implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.equals("max")) {
      return Pacing.MAX_SPEED;
    }
    String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
    if (number.matches("[0-9]{1,9}([.][0-9]{1,6})?") && Double.parseDouble(number) > 0) {
      return Double.parseDouble(number);
    }
    throw new TypeConversionException("'" + text + "' is not a speed (want 1x, 0.5x, 100x or max)");
  }
}
