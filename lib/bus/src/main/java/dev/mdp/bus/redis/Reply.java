package dev.mdp.bus.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A command on its way whose reply one thread waits for.
class Reply<T> extends Command<byte[], byte[], T> {
  private final CountDownLatch done = new CountDownLatch(1);

  /// What the reply comes in over, once it was sent.
  private volatile @Nullable LongValues wire;

  Reply(Verb verb, CommandOutput<byte[], byte[], T> output, Object... arguments) {
    super(verb, output, arguments(arguments));
  }

  @Override
  public void complete() {
    super.complete();
    done.countDown();
  }

  @Override
  public boolean completeExceptionally(Throwable throwable) {
    boolean first = super.completeExceptionally(throwable);
    done.countDown();
    return first;
  }

  @Override
  public void cancel() {
    super.cancel();
    done.countDown();
  }

  /// The command is on its way over this.
  void comesOver(LongValues receiving) {
    wire = receiving;
  }

  /// Waits for the reply, as long as something still comes in. Throws what went wrong on the way,
  /// or [ServerError] when the server answered with an error.
  T await(Duration patience) throws Exception {
    long before = received();
    while (!done.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      long now = received();
      if (now == before) {
        throw new TimeoutException("no reply within " + patience.toMillis() + " ms");
      }
      before = now;
    }
    if (exception != null) {
      throw exception instanceof Exception e ? e : new IllegalStateException(exception);
    }
    if (isCancelled()) {
      throw new CancellationException("the connection was lost");
    }
    if (getOutput().hasError()) {
      throw new ServerError(getOutput().getError());
    }
    return getOutput().get();
  }

  private long received() {
    LongValues receiving = wire;
    return receiving == null ? 0 : receiving.received();
  }

  /// Texts, numbers and byte arrays, in order.
  static CommandArgs<byte[], byte[]> arguments(Object... arguments) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    for (Object argument : arguments) {
      switch (argument) {
        case byte[] bytes -> args.add(bytes);
        case Number number -> args.add(number.longValue());
        default -> args.add(argument.toString());
      }
    }
    return args;
  }
}
