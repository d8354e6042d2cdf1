package dev.mdp.bus.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One transaction that appends a batch, so that either all its entries are in the log, in order,
/// or none: a server that runs full in the middle would otherwise take later entries and refuse
/// earlier ones. Used once.
final class AppendTransaction {
  private final RedisLink link;

  AppendTransaction(RedisLink link) {
    this.link = link;
  }

  /// Returns when all are acknowledged; throws what the link translates the server's error into.
  void append(List<StreamAppender.Entry> entries) {
    FirstError appended = new FirstError();
    Reply<List<Object>> exec =
        new Reply<>(Verb.EXEC, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE));
    List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>(entries.size() + 2);
    commands.add(new Reply<>(Verb.MULTI, new StatusOutput<>(ByteArrayCodec.INSTANCE)));
    for (StreamAppender.Entry entry : entries) {
      commands.add(new Append(appended, entry.key(), entry.fieldsAndValues()));
    }
    commands.add(exec);
    link.sendAll(commands);
    try {
      List<Object> ids = link.answer(exec, Duration.ZERO);
      if (ids.size() != entries.size()) {
        throw new ServerError(
            "TRYAGAIN " + ids.size() + " of " + entries.size() + " entries were appended");
      }
    } catch (ServerError e) {
      throw link.translated(appended.hasError() ? new ServerError(appended.getError()) : e);
    }
  }

  /// Keeps the first error of a batch: the later ones only say that the batch is over.
  private static final class FirstError extends StatusOutput<byte[], byte[]> {
    FirstError() {
      super(ByteArrayCodec.INSTANCE);
    }

    @Override
    public void setError(ByteBuffer error) {
      if (!hasError()) {
        super.setError(error);
      }
    }

    @Override
    public void setError(String error) {
      if (!hasError()) {
        super.setError(error);
      }
    }
  }
}
