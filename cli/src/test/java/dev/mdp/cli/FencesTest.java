package dev.mdp.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/// What the modules' dependencies cannot hold. Empty packages are allowed: a module that is not
/// there cannot break a fence.
@AnalyzeClasses(packages = "dev.mdp", importOptions = ImportOption.DoNotIncludeTests.class)
class FencesTest {
  @ArchTest static final ArchRule SQL_LIVES_IN_THE_STORE = only("java.sql..", "dev.mdp.store..");

  @ArchTest
  static final ArchRule LETTUCE_LIVES_IN_THE_REDIS_BUS =
      only("io.lettuce..", "dev.mdp.bus.redis..");

  @ArchTest
  static final ArchRule KAFKA_LIVES_IN_THE_KAFKA_BUS =
      only("org.apache.kafka..", "dev.mdp.bus.kafka..");

  @ArchTest static final ArchRule PICOCLI_LIVES_IN_THE_CLI = only("picocli..", "dev.mdp.cli..");

  @ArchTest
  static final ArchRule LOGBACK_LIVES_IN_THE_CLI = only("ch.qos.logback..", "dev.mdp.cli.log..");

  @ArchTest
  static final ArchRule YAML_LIVES_IN_CONFIG = only("org.yaml..", "dev.mdp.config.read..");

  @ArchTest
  static final ArchRule ONNX_LIVES_IN_ITS_OWN_PACKAGE =
      only("ai.onnxruntime..", "dev.mdp.inference.onnx..");

  @ArchTest
  static final ArchRule CORE_AND_PIPELINE_HAVE_NO_CLOCK_OF_THEIR_OWN =
      noClasses()
          .that()
          .resideInAnyPackage("dev.mdp.core..", "dev.mdp.pipeline..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC")
          .orShould()
          .callMethod(java.time.Clock.class, "systemDefaultZone")
          .because("times are injected, so that the simulation can own them")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule CORE_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage("dev.mdp.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mdp.bus..",
              "dev.mdp.store..",
              "dev.mdp.config..",
              "dev.mdp.telemetry..",
              "dev.mdp.providers..",
              "dev.mdp.features..",
              "dev.mdp.inference..",
              "dev.mdp.pipeline..",
              "dev.mdp.ops..",
              "dev.mdp.runtime..",
              "dev.mdp.cli..");

  /// Each sees core alone, so that it can be simulated without a server.
  @ArchTest
  static final ArchRule OPS_AND_COLLECTOR_SEE_CORE_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage("dev.mdp.ops..", "dev.mdp.collector..")
          .and()
          .resideOutsideOfPackage("dev.mdp.ops.rules..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.mdp..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.mdp.core..", "dev.mdp.ops..", "dev.mdp.collector..")))
          .because(
              "use cases take ports from dev.mdp.core; what stands behind one is chosen in"
                  + " dev.mdp.runtime.Wiring")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule RULE_TESTS_SEE_THE_EVALUATION_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.mdp.ops.rules..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.mdp..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.mdp.core..",
                          "dev.mdp.ops..",
                          "dev.mdp.features..",
                          "dev.mdp.inference..",
                          "dev.mdp.pipeline..")))
          .because(
              "rules are tested with the windows, features and rules of a worker, and without its"
                  + " servers");

  @ArchTest
  static final ArchRule HTTP_SEES_CORE_AND_OPS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.mdp.http..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.mdp..")
                  .and(
                      resideOutsideOfPackages("dev.mdp.core..", "dev.mdp.ops..", "dev.mdp.http..")))
          .because("a server answers with ports and use cases; dev.mdp.runtime starts it")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule RUNTIME_DOES_NOT_SEE_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("dev.mdp.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mdp.cli..")
          .because("options come in as records, lines for people go out through Console");

  @ArchTest
  static final ArchRule NO_PROVIDER_SEES_ANOTHER =
      slices()
          .matching("dev.mdp.providers.(synthetic|dataset|history|coinbase|kraken|binance)..")
          .should()
          .notDependOnEachOther()
          .because("a provider is a package that can be taken out");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.mdp.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package that can be understood without its users can be moved");

  private static ArchRule only(String library, String home) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(library + " belongs to " + home)
        .allowEmptyShould(true);
  }
}
