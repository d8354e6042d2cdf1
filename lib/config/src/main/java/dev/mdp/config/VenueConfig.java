package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `producers.<name>`: a venue's live trades. The name is the provider's name on the bus: it stands
/// for one kind of stream, for ever.
///
/// @param socket where the stream is
/// @param rest where the history is
public record VenueConfig(
    String name, Venue type, boolean enabled, List<Symbol> symbols, URI socket, URI rest)
    implements ProviderConfig {
  public VenueConfig {
    symbols = List.copyOf(symbols);
  }

  /// A feed that the configuration says nothing about.
  static VenueConfig plain(Venue type) {
    return new VenueConfig(type.word(), type, true, List.of(), type.socket(), type.rest());
  }

  static VenueConfig read(String name, Section section) {
    Scalars values = section.scalars();
    Venue type =
        Venue.isOne(name)
            ? values.parsed("type", Venue.of(name), Venue::of)
            : values.required("type", Venue.COINBASE, Venue::of, "coinbase");
    if (Venue.isOne(name) && type != Venue.of(name)) {
      section.problem(
          "type",
          "must be " + name + ": a provider's name stands for one kind of stream, for ever");
    }
    if (!Names.isValid(name)) {
      section.problem("type", "not a provider's name: '" + name + "'");
    }
    VenueConfig config =
        new VenueConfig(
            name,
            type,
            values.flag("enabled", true),
            section.lists().list("symbols", List.of(), Symbol::of),
            values.parsed("socket_url", type.socket(), text -> url(text, Set.of("ws", "wss"))),
            values.parsed("rest_url", type.rest(), text -> url(text, Set.of("http", "https"))));
    if (new HashSet<>(config.symbols).size() < config.symbols.size()) {
      section.problem("symbols", "names a symbol twice");
    }
    return config;
  }

  private static URI url(String text, Set<String> schemes) {
    URI url = URI.create(text);
    if (url.getScheme() == null || !schemes.contains(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "want a URL like " + schemes.stream().sorted().toList().getLast() + "://host:port");
    }
    return url;
  }
}
