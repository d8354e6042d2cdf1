package dev.mdp.embedded.redis;

import dev.mdp.embedded.ServerPassword;

/// Who may do what on the Redis of `mdp up`.
///
/// No one without a password. `mdp`, whose password only this user can read, may do what the
/// workers, the operator's commands and someone who looks around with `redis-cli` need. It has the
/// script call because moving a group and acknowledging are one step each only in a script; all
/// else that reconfigures the server, loads code into it, or makes it write files is refused to it.
final class RedisUsers {
  static final String NAME = "mdp";
  private static final String RIGHTS =
      "+@all -@admin -@dangerous -@scripting +eval +info +client|setname +client|setinfo"
          + " +client|getname +client|id";

  private RedisUsers() {}

  /// An ACL file.
  static String file(ServerPassword password) {
    return "user default off resetpass resetkeys resetchannels -@all\n"
        + "user %s on #%s ~* &* %s\n".formatted(NAME, password.sha256(), RIGHTS);
  }
}
