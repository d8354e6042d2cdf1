package dev.mdp.store.database;

import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Says a failure of the database in our words: the category by its SQLSTATE, one line, the cause
/// kept.
public final class SqlErrors {
  public static final String UNIQUE_VIOLATION = "23505";
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final int SHORTEST_SECRET = 4;

  /// Parameters that a message must name to be of use.
  private static final Set<String> NO_SECRETS = Set.of("user", "sslrootcert", "sslcert", "sslkey");

  private static final Pattern NOT_LET_IN =
      Pattern.compile("authentication failed|auth failed|no such user|not allowed");
  private static final Pattern NO_DATABASE =
      Pattern.compile("^database .* does not exist|no such database");

  private final DatabaseUrl url;

  SqlErrors(DatabaseUrl url) {
    this.url = url;
  }

  /// @param what was tried, for example `commit micro-batcher on mdp.events shard 0`
  public RuntimeException translate(String what, SQLException failure) {
    SQLException root = root(failure);
    String state = state(root);
    String reason = withoutSecrets(reason(root));
    SQLException error = reason.equals(reason(root)) ? failure : bare(failure, reason, state);
    return switch (state) {
      case "28P01", "28000" -> refused(reason, error);
      case "3D000" -> noDatabase(error);
      case "42P01", "42703", "3F000" ->
          new ConfigException(
              "database "
                  + address()
                  + " is not migrated ("
                  + reason
                  + "): run mdp datastore migrate",
              error);
      case "42501" ->
          new AccessException("user '" + url.user() + "' may not " + what + ": " + reason, error);
      case "53100" -> unavailable("the database's disk is full: " + reason, what, error);
      case "53300" -> unavailable("too many connections: " + reason, what, error);
      case "55P03", "40P01", "40001" ->
          new ConflictException(what + ": " + reason + " (try again)", error);
      case "42P05", "26000" ->
          new ConfigException(
              "database "
                  + address()
                  + " is behind a pooler that gives each transaction another session ("
                  + reason
                  + "): set store.pooler: transaction, and store.direct_url to the server itself, or let the pooler keep sessions (pool_mode = session)",
              error);
      case "08P01" -> protocol(reason, what, error);
      case "57014" -> cancelled(reason, what, error);
      case "53400", "0A000", "XX000", "XX001", "XX002" ->
          new ConfigException(
              what
                  + ": the database cannot do this and will not by itself: "
                  + reason
                  + " (SQLSTATE "
                  + state
                  + "); nothing was written. Its log says more",
              error);
      case "08004" -> isTlsMistake(failure) ? tlsMistake(reason, error) : refused(reason, error);
      default ->
          isTlsMistake(failure) ? tlsMistake(reason, error) : byClass(state, reason, what, error);
    };
  }

  private AccessException refused(String reason, SQLException error) {
    return new AccessException(
        "database " + address() + " refuses user '" + url.user() + "': " + reason, error);
  }

  private ConfigException noDatabase(SQLException error) {
    return new ConfigException(
        "database '"
            + url.database()
            + "' does not exist on "
            + url.hosts()
            + ": create it, then run mdp datastore migrate",
        error);
  }

  /// PgBouncer has one SQLSTATE for all that it says itself, in English.
  private MdpException protocol(String reason, String what, SQLException error) {
    if (NOT_LET_IN.matcher(reason).find()) {
      return refused(reason, error);
    }
    if (NO_DATABASE.matcher(reason).find()) {
      return noDatabase(error);
    }
    if (!reason.contains("startup parameter")) {
      return unavailable(reason, what, error);
    }
    return new ConfigException(
        "the pooler at "
            + address()
            + " refuses the connection: "
            + reason
            + "; leave out what it names where the URL has it, or add it to ignore_startup_parameters in its configuration, which drops it",
        error);
  }

  /// By a person, or by a limit that is there for good.
  private MdpException cancelled(String reason, String what, SQLException error) {
    return reason.contains("statement timeout")
        ? new ConfigException(
            what
                + ": "
                + reason
                + "; a statement_timeout of the role or the database is too short for this: ALTER ROLE "
                + url.user()
                + " SET statement_timeout = 0",
            error)
        : unavailable(reason, what, error);
  }

  /// A certificate that is missing or does not fit, or no TLS on the other side: that stays so. The
  /// driver's texts are in the language of the JVM, for the program English.
  private static boolean isTlsMistake(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof GeneralSecurityException
          || cause instanceof FileNotFoundException
          || cause instanceof FileSystemException
          || message.contains("SSL root certificate")
          || message.contains("does not support SSL")
          || message.contains("could not be verified")
          || message.contains("SSL certificate file")
          || message.contains("SSL key file")) {
        return true;
      }
    }
    return false;
  }

  private ConfigException tlsMistake(String reason, SQLException error) {
    return new ConfigException(
        "database "
            + address()
            + ": TLS: "
            + reason
            + "; check sslmode and sslrootcert in the URL (?sslmode=verify-full&sslrootcert=FILE) and the server's certificate",
        error);
  }

  private RuntimeException byClass(String state, String reason, String what, SQLException error) {
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08", "53", "57", "58", "25" -> unavailable(reason, what, error);
      case "22", "23" -> new DataException(what + ": the database refuses a row: " + reason, error);
      case "" -> unavailable(reason, what, error);
      default ->
          new IllegalStateException(what + ": " + reason + " (SQLSTATE " + state + ")", error);
    };
  }

  private UnavailableException unavailable(String reason, String what, SQLException error) {
    return new UnavailableException(
        "database " + address() + " unavailable: " + reason + " (" + what + ")", error);
  }

  private String address() {
    return url.hosts() + "/" + url.database();
  }

  /// The pool wraps the driver's error; the innermost one with a state tells most.
  private static SQLException root(SQLException error) {
    SQLException found = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql;
      }
    }
    return found;
  }

  /// The SQLSTATE, or an empty text.
  public static String state(SQLException error) {
    String state = root(error).getSQLState();
    return state == null ? "" : state;
  }

  private static String reason(SQLException error) {
    if (error instanceof PSQLException server) {
      ServerErrorMessage message = server.getServerErrorMessage();
      if (message != null && message.getMessage() != null) {
        String detail = message.getDetail();
        return oneLine(message.getMessage() + (detail == null ? "" : ": " + detail));
      }
    }
    String text = oneLine(String.valueOf(error.getMessage()));
    int advice = text.indexOf(". Check that the hostname");
    return advice < 0 ? text : text.substring(0, advice);
  }

  /// The driver quotes values of parameters that it does not like.
  private String withoutSecrets(String reason) {
    String shown = reason;
    for (Map.Entry<String, String> each : url.properties().entrySet()) {
      if (!NO_SECRETS.contains(each.getKey()) && each.getValue().length() >= SHORTEST_SECRET) {
        shown = shown.replace(each.getValue(), "***");
      }
    }
    return shown;
  }

  /// The same failure without the words and the causes that repeat a secret.
  private static SQLException bare(SQLException failure, String reason, String state) {
    SQLException bare = new SQLException(reason, state);
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
