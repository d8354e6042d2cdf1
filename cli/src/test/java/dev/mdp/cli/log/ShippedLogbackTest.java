package dev.mdp.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLogbackTest {
  @Test
  void theShippedFileLogsToAFileWithoutComplaint(@TempDir Path folder) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("MDP_LOG_DIR", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);

    configurator.doConfigure(Path.of("../configs/logback.xml").toFile());
    context.getLogger("x").atInfo().addKeyValue("shard", 3).log("claimed");
    context.stop();

    assertThat(context.getStatusManager().getCopyOfStatusList())
        .allMatch(status -> status.getLevel() == Status.INFO);
    assertThat(Files.readString(folder.resolve("mdp.log")))
        .contains("INFO  x claimed")
        .contains("shard=\"3\"");
  }
}
