package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A client of the JDK for a venue's REST interface.
record RestTester(FakeVenue venue) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  HttpResponse<String> get(String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(venue.restUri() + target)).timeout(Duration.ofSeconds(5));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Throws [java.util.concurrent.TimeoutException] when the whole answer takes longer.
  HttpResponse<String> getWithin(String target, Duration limit) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(venue.restUri() + target)).build();
    return CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  Map<?, ?> object(String target, String... headers) throws IOException, InterruptedException {
    return TestJson.object(get(target, headers).body());
  }

  List<?> list(String target, String... headers) throws IOException, InterruptedException {
    return TestJson.list(JsonIn.read(get(target, headers).body()));
  }

  /// The numbers behind a key of each row.
  List<Long> numbers(String target, String key) throws IOException, InterruptedException {
    return list(target).stream().map(row -> TestJson.number(TestJson.map(row), key)).toList();
  }
}
