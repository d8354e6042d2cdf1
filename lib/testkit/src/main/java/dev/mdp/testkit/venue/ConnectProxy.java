package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy that knows `CONNECT` alone. Whatever host a client names, it is led to the port of
/// this machine that the proxy was made for. Thread-safe.
public final class ConnectProxy extends VenueFront {
  private final int target;
  private final int status;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ConnectProxy(int target, int status) throws IOException {
    this.target = target;
    this.status = status;
    accepting();
  }

  /// A proxy that lets everyone through.
  public static ConnectProxy to(int port) throws IOException {
    return new ConnectProxy(port, 200);
  }

  /// A proxy that refuses with this status, such as 407 or 403.
  public static ConnectProxy refusing(int status) throws IOException {
    return new ConnectProxy(0, status);
  }

  /// `HOST:PORT` of each request, in their order.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  void serve(Socket client) throws IOException {
    VenueRequest request =
        new RequestReader(client.getInputStream())
            .next()
            .orElseThrow(() -> new IOException("no request came"));
    asked.add(request.target());
    if (status != 200 || !request.method().equals("CONNECT")) {
      int refusal = status == 200 ? 405 : status;
      Answer answer = Answer.html(refusal, "Proxy");
      new AnswerWriter(client.getOutputStream())
          .write(refusal == 407 ? answer.with("Proxy-Authenticate", "Basic realm=\"x\"") : answer);
      return;
    }
    try (Socket server = open(target)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      new Tunnel(client, server).run();
    }
  }
}
