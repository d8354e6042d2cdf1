package dev.mdp.testkit.venue;

import java.time.Duration;

/// What comes instead of a good answer over REST.
public sealed interface RestFault {
  /// HTTP 429 with `Retry-After`.
  record TooMany(Duration retryAfter) implements RestFault {}

  /// HTTP 418 with `Retry-After`.
  record Banned(Duration retryAfter) implements RestFault {}

  /// HTTP 403 with a page of HTML, as a firewall sends it.
  record Forbidden() implements RestFault {}

  /// HTTP 451: the country is refused.
  record Restricted() implements RestFault {}

  /// HTTP 503.
  record Unavailable() implements RestFault {}

  /// HTTP 200 with an error in the body.
  record ErrorInBody() implements RestFault {}

  /// HTTP 200 with HTML in the body.
  record HtmlInBody() implements RestFault {}

  /// Half of the good answer's body, and then nothing; the connection stays open.
  record Stall() implements RestFault {}

  /// Half of the good answer's body, then the connection is reset.
  record Cut() implements RestFault {}

  static RestFault tooMany(Duration retryAfter) {
    return new TooMany(retryAfter);
  }

  static RestFault banned(Duration retryAfter) {
    return new Banned(retryAfter);
  }

  static RestFault forbidden() {
    return new Forbidden();
  }

  static RestFault restricted() {
    return new Restricted();
  }

  static RestFault unavailable() {
    return new Unavailable();
  }

  static RestFault errorInBody() {
    return new ErrorInBody();
  }

  static RestFault htmlInBody() {
    return new HtmlInBody();
  }

  static RestFault stall() {
    return new Stall();
  }

  static RestFault cut() {
    return new Cut();
  }
}
