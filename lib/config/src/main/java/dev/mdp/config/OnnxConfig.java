package dev.mdp.config;

import dev.mdp.config.read.Origin;
import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Names;
import dev.mdp.core.feature.FeatureSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `inference.adapters.onnx`: a model, for example of scikit-learn, exported to ONNX. Its former
/// name, `sklearn`, is read too.
///
/// @param modelPath relative to the working directory, or absolute; empty when there is no model
/// @param modelSha256 what the file must be, in lower-case hexadecimal
/// @param inputs the features the model takes, in order; empty when its inputs are named so
/// @param signal the signals' name
/// @param classes the value of a class by its name; a class that is a number needs none
/// @param deadline for one batch
/// @param maxSizeMb how large the file may be, in MiB
public record OnnxConfig(
    boolean enabled,
    String modelPath,
    Optional<String> modelSha256,
    List<String> inputs,
    String signal,
    SortedMap<String, Double> classes,
    Duration deadline,
    int maxSizeMb) {
  private static final String NAME = "onnx";
  private static final String FORMER_NAME = "sklearn";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int MAX_INPUTS = 1_000;

  public OnnxConfig {
    inputs = List.copyOf(inputs);
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
  }

  /// Reads the section under its name or its former one.
  static OnnxConfig readFrom(Section adapters) {
    boolean former = isGiven(adapters, FORMER_NAME);
    if (former && isGiven(adapters, NAME)) {
      adapters.problem(FORMER_NAME, "the same as '" + NAME + "': give one of them");
    }
    return read(adapters.section(former ? FORMER_NAME : NAME));
  }

  private static boolean isGiven(Section adapters, String name) {
    return adapters.isGiven(name) || adapters.isMapping(name);
  }

  /// Where the model's path was given, under either name.
  static Origin modelOrigin(LoadedConfig loaded) {
    return Stream.of(FORMER_NAME, NAME)
        .map(name -> loaded.origin("inference.adapters." + name + ".model_path"))
        .filter(origin -> !origin.equals(Origin.DEFAULT))
        .findFirst()
        .orElse(Origin.DEFAULT);
  }

  private static OnnxConfig read(Section section) {
    section
        .retired("path", "the model's file is 'model_path'")
        .retired("timeout_ms", "how long a batch may take is 'deadline_ms'");
    Scalars values = section.scalars();
    OnnxConfig onnx =
        new OnnxConfig(
            values.flag("enabled", false),
            values.textOrEmpty("model_path"),
            values.optional("model_sha256", OnnxConfig::checkSha256),
            section.lists().list("inputs", List.of(), FeatureSpec::requireName),
            values.parsed("signal", "model", text -> Names.require("signal name", text)),
            classes(section.section("classes")),
            Duration.ofMillis(values.integer("deadline_ms", 200, 1, 60_000)),
            values.integer("max_size_mb", 256, 1, 2_047));
    if (onnx.enabled && onnx.modelPath.isBlank()) {
      section.problem("model_path", "must name the model's file when enabled: true");
    }
    if (new HashSet<>(onnx.inputs).size() < onnx.inputs.size()) {
      section.problem("inputs", "names a feature twice");
    }
    if (onnx.inputs.size() > MAX_INPUTS) {
      section.problem("inputs", "at most " + MAX_INPUTS + ", were " + onnx.inputs.size());
    }
    return onnx;
  }

  OnnxConfig withModelPath(UnaryOperator<Path> found) {
    return modelPath.isBlank()
        ? this
        : new OnnxConfig(
            enabled,
            found.apply(Path.of(modelPath)).toString(),
            modelSha256,
            inputs,
            signal,
            classes,
            deadline,
            maxSizeMb);
  }

  private static SortedMap<String, Double> classes(Section section) {
    SortedMap<String, Double> classes = new TreeMap<>();
    for (String name : section.names()) {
      classes.put(name, section.scalars().decimal(name, 0, -Double.MAX_VALUE, Double.MAX_VALUE));
    }
    return classes;
  }

  private static String checkSha256(String text) {
    if (!SHA256.matcher(text).matches()) {
      throw new IllegalArgumentException("want 64 hexadecimal digits, was '" + text + "'");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
