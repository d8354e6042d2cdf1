package dev.mdp.providers.net;

import dev.mdp.core.error.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One request: its head is remembered, so that a refusal is known though its body never ends. Used
/// once.
final class RestCall implements HttpResponse.BodyHandler<byte[]> {
  private static final int MOST_BYTES = 16 << 20;

  private volatile @Nullable ResponseInfo head;

  private RestCall() {}

  /// Throws an [IOException] when no whole answer came: a [HttpTimeoutException] when it was not
  /// there in time.
  static RestAnswer send(HttpClient client, URI uri, Map<String, String> headers, Duration deadline)
      throws IOException {
    RestCall call = new RestCall();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(deadline);
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), call);
    try {
      byte[] body = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS).body();
      return call.answer(new String(body, StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      return call.refusalOr(tooLate(deadline, e));
    } catch (ExecutionException e) {
      return call.refusalOr(e.getCause() instanceof IOException io ? io : new IOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while asking " + uri.getHost(), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException tooLate(Duration deadline, TimeoutException cause) {
    IOException late = new HttpTimeoutException("no whole answer within " + FeedWords.of(deadline));
    late.initCause(cause);
    return late;
  }

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo info) {
    head = info;
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES).apply(info);
  }

  private RestAnswer answer(String body) throws IOException {
    ResponseInfo info = head;
    if (info == null) {
      throw new IOException("an answer without a head");
    }
    return new RestAnswer(info.statusCode(), info.headers(), body);
  }

  private RestAnswer refusalOr(IOException error) throws IOException {
    ResponseInfo info = head;
    if (info == null || info.statusCode() / 100 == 2) {
      throw error;
    }
    return answer("");
  }
}
