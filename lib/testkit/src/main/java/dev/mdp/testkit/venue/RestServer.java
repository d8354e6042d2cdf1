package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Answers REST requests: the limits first, then the faults, then the venue. Thread-safe.
final class RestServer {
  private final WeightMeter meter;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable RestFault standing;

  RestServer(RestScript script) {
    this.meter = new WeightMeter(script);
  }

  /// Every request suffers this until null is set.
  void suffer(@Nullable RestFault fault) {
    standing = fault;
  }

  /// Answers one request; returns whether the connection continues.
  boolean serve(VenueRequest request, Stage stage, Socket socket) throws IOException {
    VenueRest rest = stage.dialect().rest(stage);
    int number = requests.incrementAndGet();
    int weight = rest.weight(request);
    WeightMeter.Verdict verdict = meter.take(weight, stage.clock().now());
    RestFault planned = stage.script().rest().faultOf(number);
    RestFault fault = planned == null ? standing : planned;
    Answer answer;
    if (!verdict.isGood()) {
      fault = null;
      answer =
          verdict.banned() ? rest.banned(verdict.retryAfter()) : rest.tooMany(verdict.retryAfter());
    } else {
      answer = fault == null ? rest.answer(request) : answer(fault, rest, request);
    }
    answer = rest.withUsage(answer, verdict.used());
    stage
        .log()
        .add(new VenueLog.Request(stage.clock().now(), request.target(), weight, answer.status()));
    return write(answer, fault, socket);
  }

  private static Answer answer(RestFault fault, VenueRest rest, VenueRequest request) {
    return switch (fault) {
      case RestFault.TooMany(Duration wait) -> rest.tooMany(wait).withStatus(429).retryAfter(wait);
      case RestFault.Banned(Duration wait) -> rest.banned(wait).withStatus(418).retryAfter(wait);
      case RestFault.Forbidden _ -> Answer.html(403, "403 Forbidden");
      case RestFault.Restricted _ ->
          Answer.json(
              451, "{\"code\":0,\"msg\":\"Service unavailable from a restricted location.\"}");
      case RestFault.Unavailable _ -> Answer.html(503, "503 Service Temporarily Unavailable");
      case RestFault.ErrorInBody _ -> rest.errorInBody();
      case RestFault.HtmlInBody _ -> Answer.html(200, "One more step");
      case RestFault.Stall _, RestFault.Cut _ -> rest.answer(request);
    };
  }

  private static boolean write(Answer answer, @Nullable RestFault fault, Socket socket)
      throws IOException {
    AnswerWriter out = new AnswerWriter(socket.getOutputStream());
    if (fault instanceof RestFault.Stall) {
      out.writeHalf(answer);
      Sockets.awaitEnd(socket);
      return false;
    }
    if (fault instanceof RestFault.Cut) {
      out.writeHalf(answer);
      Sockets.reset(socket);
      return false;
    }
    out.write(answer);
    return true;
  }
}
