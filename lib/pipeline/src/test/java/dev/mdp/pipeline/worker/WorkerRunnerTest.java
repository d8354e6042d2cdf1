package dev.mdp.pipeline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerRunnerTest {
  private final List<String> told = new ArrayList<>();
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");

  @Test
  void saysOnceThatAServerIsAwayAndOnceThatItIsBack() {
    WorkerRunner runner = runner(new Scripted("away", "away", "ok", "ok", "end"));

    runner.run();

    assertThat(told).containsExactly("away", "back", "drained");
    assertThat(runner.failure()).isEmpty();
  }

  @Test
  void isNotBackBeforeItWentWellForASecond() {
    WorkerRunner runner =
        runner(new Scripted("away", "ok", "away", "ok", "later", "later", "away", "ok", "end"));

    runner.run();

    assertThat(told).containsExactly("away", "back", "away", "back", "drained");
  }

  @Test
  void whatSomebodyElseHoldsIsTriedAgain() {
    WorkerRunner runner = runner(new Scripted("held", "ok", "end"));

    runner.run();

    assertThat(told).containsExactly("away", "back", "drained");
    assertThat(runner.failure()).isEmpty();
  }

  @Test
  void aRefusedPasswordEndsTheStartAndNotAWorkerThatHasWorked() {
    WorkerRunner atStart = runner(new Scripted("refused", "ok", "end"));
    atStart.run();
    assertThat(told).containsExactly("failed", "abandoned");
    told.clear();

    WorkerRunner later = runner(new Scripted("ok", "refused", "refused", "ok", "end"));
    later.run();

    assertThat(told).containsExactly("away", "back", "drained");
    assertThat(later.failure()).isEmpty();
  }

  @Test
  void whoGivesUpEndsWithItsLastError() {
    WorkerRunner runner = runner(new Scripted("away", "away", "given-up"));

    runner.run();

    assertThat(told).containsExactly("away", "failed", "abandoned");
    assertThat(runner.failure()).containsInstanceOf(UnavailableException.class);
  }

  @Test
  void anErrorOfTheDataEndsTheWorkerWithoutADrain() {
    WorkerRunner runner = runner(new Scripted("ok", "bad"));

    runner.run();

    assertThat(told).containsExactly("failed", "abandoned");
    assertThat(runner.failure()).containsInstanceOf(DataException.class);
  }

  @Test
  void aBrokenClassPathIsAFailureToo() {
    WorkerRunner runner = runner(new Scripted("broken"));

    runner.run();

    assertThat(told).containsExactly("failed");
    assertThat(runner.failure()).isPresent();
  }

  @Test
  void aStoppedWorkerDrains() {
    WorkerRunner runner = runner(new Scripted("ok", "ok", "ok"));

    runner.stop();
    runner.run();

    assertThat(told).containsExactly("drained");
    assertThat(runner.hasEnded()).isTrue();
  }

  @Test
  void aWorkerThatIsToEndWhenIdleReadsOnFirst() {
    Scripted worker = new Scripted("ok", "ok", "waiting", "idle", "never");
    WorkerRunner runner = runner(worker);

    runner.stopWhenIdle();
    runner.run();

    assertThat(told).containsExactly("drained");
    assertThat(worker.at).isEqualTo(4);
  }

  private WorkerRunner runner(Worker worker) {
    return new WorkerRunner(
        worker,
        new WorkerEvents() {
          @Override
          public void moved(Worker moved) {}

          @Override
          public void away(Worker gone, MdpException error) {
            told.add("away");
          }

          @Override
          public void back(Worker here, Duration after) {
            told.add("back");
          }

          @Override
          public void failed(Worker broken, RuntimeException error) {
            told.add("failed");
          }
        },
        clock);
  }

  private final class Scripted implements Worker {
    private final String[] script;
    private int at;

    Scripted(String... script) {
      this.script = script;
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public int poll() {
      return switch (script[at++]) {
        case "away" -> throw new UnavailableException("redis went away");
        case "refused" -> throw new AccessException("password rotated");
        case "held" -> throw new ConflictException("another session holds the rows");
        case "later" -> {
          clock.advance(Duration.ofMillis(600));
          yield 0;
        }
        case "idle", "waiting" -> 0;
        case "broken" -> throw new NoClassDefFoundError("gone");
        case "bad" -> throw new DataException("bad data");
        default -> 1;
      };
    }

    @Override
    public boolean isWaiting() {
      return at > 0 && script[at - 1].equals("waiting");
    }

    @Override
    public boolean finished() {
      return at < script.length && script[at].equals("end");
    }

    @Override
    public boolean hasGivenUp() {
      return at < script.length && script[at].equals("given-up");
    }

    @Override
    public void drain() {
      told.add("drained");
    }

    @Override
    public void abandon() {
      told.add("abandoned");
    }
  }
}
