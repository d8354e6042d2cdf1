package dev.mdp.runtime;

import dev.mdp.config.InferenceConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.OnnxConfig;
import dev.mdp.config.RulesFile;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.onnx.ModelEvaluator;
import dev.mdp.inference.onnx.ModelExpectations;
import dev.mdp.inference.onnx.ModelSettings;
import dev.mdp.inference.onnx.OnnxModel;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.pipeline.infer.Inference;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Features, rules and model as configured; the rules again when asked. Any thread.
public final class InferenceLoader implements Supplier<Inference>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceLoader.class);

  private final MdpConfig config;
  private final Path directory;
  private final boolean asksModel;
  private final InstantSource clock;
  private volatile Inference current;
  private @Nullable ModelEvaluator model;

  /// Also the one before: an owner may still be asking it when the rules are read again.
  private final Deque<ModelEvaluator> models = new ArrayDeque<>();

  /// What decides.
  public enum Adapter {
    RULES,
    ONNX,
    /// The former name of [#ONNX].
    SKLEARN
  }

  /// Throws [dev.mdp.core.error.DataException] for rules or a model that cannot be used.
  ///
  /// @param directory what paths are relative to
  /// @param adapter empty for the one that is configured
  public InferenceLoader(
      MdpConfig config, Path directory, Optional<Adapter> adapter, InstantSource clock) {
    this.config = config;
    this.directory = directory;
    this.clock = clock;
    this.asksModel =
        adapter.map(each -> each != Adapter.RULES).orElse(config.inference().onnx().enabled());
    this.current = load();
  }

  @Override
  public Inference get() {
    return current;
  }

  /// How often symbols are evaluated: as configured, else as often as the shortest bars end.
  public static Interval every(MdpConfig config) {
    return config
        .inference()
        .every()
        .orElseGet(() -> config.microBatch().windows().stream().sorted().findFirst().orElseThrow());
  }

  /// Reads the rules file again. When it does not load, the old rules stay; returns whether it did.
  public synchronized boolean reload() {
    try {
      Inference next = load();
      current = next;
      LOG.info("{} rules read again", next.rules().size());
      next.rules().notices().forEach(notice -> LOG.info("{}", notice));
      return true;
    } catch (MdpException e) {
      LOG.warn("the rules stay as they are: {}", e.getMessage());
      return false;
    }
  }

  private synchronized Inference load() {
    InferenceConfig inference = config.inference();
    List<FeatureSpec> configured = config.features().windows();
    RuleSet rules =
        inference.rules().enabled()
            ? RulesFile.read(
                directory.resolve(inference.rules().file()),
                specs -> RuleSet.compile(specs, configured))
            : RuleSet.compile(List.of(), configured);
    if (rules.size() == 0 && !asksModel) {
      throw new ConfigException(
          "inference.adapters: neither rules nor a model: nothing would ever be a signal");
    }
    FeatureSet features;
    try {
      features = new FeatureSet(rules.features(), every(config));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("features.windows: " + e.getMessage() + rules.addedWords(), e);
    }
    return new Inference(
        features, rules, asksModel ? Optional.of(model(features.names())) : Optional.empty());
  }

  /// The model of the first load; other rules may bring other features, which is another model's
  /// order.
  private ModelEvaluator model(List<String> features) {
    ModelEvaluator known = model;
    if (known != null && current.features().names().equals(features)) {
      return known;
    }
    OnnxConfig onnx = config.inference().onnx();
    if (onnx.modelPath().isBlank()) {
      throw new ConfigException(
          "inference.adapters.onnx.model_path: must name the model's file for --adapter onnx");
    }
    OnnxModel opened =
        OnnxModel.open(
            directory.resolve(onnx.modelPath()),
            new ModelExpectations(
                features, onnx.inputs(), onnx.modelSha256(), (long) onnx.maxSizeMb() << 20));
    ModelEvaluator evaluator =
        new ModelEvaluator(
            opened,
            features,
            ModelSettings.of(onnx.signal(), onnx.classes(), onnx.deadline()),
            clock);
    models.add(evaluator);
    if (models.size() > 2) {
      models.removeFirst().close();
    }
    model = evaluator;
    return evaluator;
  }

  @Override
  public synchronized void close() {
    models.forEach(ModelEvaluator::close);
  }
}
