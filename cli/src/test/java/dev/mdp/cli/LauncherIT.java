package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher on a small program of its own, and on a Maven that only pretends.
class LauncherIT {
  private static final int NOBODY = 65_534;

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void copyTheLaunchers() throws IOException {
    home = Files.createDirectories(folder.resolve("a home"));
    for (String name : List.of("mdp", "datastore")) {
      Files.copy(
          Project.root().resolve(name), home.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void aRebuiltJarNeverRunsOldCode() throws Exception {
    Path jar = jar("one");
    Files.move(jar, home.resolve("mdp.jar"));
    FileTime time = Files.getLastModifiedTime(home.resolve("mdp.jar"));
    long size = Files.size(home.resolve("mdp.jar"));
    assertThat(launch().out).isEqualTo("one []\n");
    assertThat(launch().out).isEqualTo("one []\n");
    assertThat(caches()).hasSize(1).allMatch(cache -> cache.toFile().length() > 0);

    try (InputStream rebuilt = Files.newInputStream(jar("two"))) {
      Files.write(home.resolve("mdp.jar"), rebuilt.readAllBytes());
    }
    Files.setLastModifiedTime(home.resolve("mdp.jar"), time);

    assertThat(Files.size(home.resolve("mdp.jar")))
        .as("as hard to tell apart as can be")
        .isEqualTo(size);
    assertThat(launch().out).isEqualTo("two []\n");
    assertThat(launch().out).isEqualTo("two []\n");
    assertThat(caches()).hasSize(1);
  }

  @Test
  void worksThroughALinkAndPassesArgumentsAndExitCodes() throws Exception {
    Files.move(jar("one"), home.resolve("mdp.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("m"), Path.of("a home/mdp"));
    Path second = Files.createSymbolicLink(folder.resolve("d"), home.resolve("datastore"));

    Result through = launch(Path.of("/"), Map.of(), link, "a b", "*", "");
    Result store = launch(Path.of("/"), Map.of(), second, "status");

    assertThat(through.out).isEqualTo("one [a b, *, ]\n");
    assertThat(store.out).isEqualTo("one [datastore, status]\n");
    assertThat(launch("exit").code).isEqualTo(42);
    assertThat(through.err).isEmpty();
  }

  @Test
  void optionsForJavaReachItAndShortCommandsAloneGetTheFastFlags() throws Exception {
    Files.move(jar("one"), home.resolve("mdp.jar"));
    Map<String, String> options =
        Map.of("JAVA_OPTS", "-Dx=1", "MDP_JAVA_OPTS", "-Dy=2 -XX:+UseParallelGC");

    assertThat(launch(home, options, home.resolve("mdp"), "flags").out)
        .contains("-Dx=1", "-Dy=2", "-XX:TieredStopAtLevel=1")
        .doesNotContain("UseSerialGC");
    assertThat(launch("flags").out).contains("-XX:+UseSerialGC", "-XX:AOTCache=");
    assertThat(launch("flags", "stream", "ticks").out).doesNotContain("UseSerialGC", "TieredStop");
    assertThat(launch("flags", "ticks", "export").out).contains("UseSerialGC");
  }

  @Test
  void anInstallationThatCannotBeWrittenWorksSilently() throws Exception {
    Files.move(jar("one"), home.resolve("mdp.jar"));
    Path sealed = Files.createDirectories(folder.resolve("bin"));
    Path stat = Files.writeString(sealed.resolve("stat"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(stat, PosixFilePermissions.fromString("rwxr-xr-x"));
    Result withoutStat =
        launch(home, Map.of("PATH", sealed + ":" + System.getenv("PATH")), home.resolve("mdp"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));

    Result readOnly = launch();

    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(withoutStat).isEqualTo(new Result(0, "one []\n", ""));
    assertThat(readOnly).isEqualTo(new Result(0, "one []\n", ""));
  }

  /// As a user who is not the owner of the installation: with its own folder for caches.
  @Test
  void readOnlyInstallationKeepsAFreshCacheInTheUsersFolder() throws Exception {
    Files.move(jar("one"), home.resolve("mdp.jar"));
    Path caches = Files.createDirectories(folder.resolve("caches"));
    Path other = Files.createDirectories(folder.resolve("other"));
    for (Path each : List.of(folder, home, caches, other)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      Files.setAttribute(caches, "unix:uid", NOBODY);
    } else {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    assertThat(asUser(root, caches, "flags").out).startsWith("one ").contains("-XX:AOTCache=");
    assertThat(asUser(root, caches).out).isEqualTo("one []\n");
    List<Path> made = in(caches.resolve("mdp"));
    assertThat(made).hasSize(1).allMatch(cache -> cache.toFile().length() > 0);
    assertThat(caches()).isEmpty();

    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    FileTime time = Files.getLastModifiedTime(home.resolve("mdp.jar"));
    try (InputStream rebuilt = Files.newInputStream(jar("two"))) {
      Files.write(home.resolve("mdp.jar"), rebuilt.readAllBytes());
    }
    Files.setLastModifiedTime(home.resolve("mdp.jar"), time);
    if (!root) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    assertThat(asUser(root, caches, "flags").out).startsWith("two ").contains("-XX:AOTCache=");
    assertThat(in(caches.resolve("mdp"))).hasSize(1).doesNotContainAnyElementsOf(made);

    if (root) {
      Files.createDirectory(other.resolve("mdp"));
      assertThat(asUser(true, other, "flags").out)
          .as("a folder that is another user's")
          .startsWith("two ")
          .doesNotContain("AOTCache");
    }
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result asUser(boolean root, Path caches, String... args) throws Exception {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", caches.toString());
    if (!root) {
      return launch(home, environment, home.resolve("mdp"), args);
    }
    List<String> all =
        new ArrayList<>(
            List.of("--reuid=" + NOBODY, "--clear-groups", home.resolve("mdp").toString()));
    all.addAll(List.of(args));
    return launch(home, environment, Path.of("/usr/bin/setpriv"), all.toArray(String[]::new));
  }

  private static List<Path> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  /// So that `mvn verify` compiles everything again, with its checks.
  @Test
  void theLaunchersOwnBuildIsApartFromTheOneThatChecks() throws Exception {
    Map<String, String> maven =
        maven("mkdir -p cli/target/quick; cp '" + jar("one") + "' cli/target/quick/mdp.jar");

    assertThat(launch(home, maven, home.resolve("mdp")).out).isEqualTo("one []\n");
    assertThat(launch(home, maven, home.resolve("mdp")).out).isEqualTo("one []\n");
    assertThat(Files.readAllLines(home.resolve("builds")))
        .hasSize(1)
        .first()
        .asString()
        .contains("-Dmdp.quick", "package");
    assertThat(home.resolve("cli/target/mdp.jar")).exists();
    String pom = Files.readString(Project.root().resolve("pom.xml"));
    assertThat(pom)
        .as("only the launcher switches the checks off")
        .contains("<activation><property><name>mdp.quick</name></property></activation>")
        .contains("-Xplugin:ErrorProne");
    assertThat(pom.split("<enforcer.skip>", -1)).hasSize(2);
  }

  @Test
  void theJarIsBuiltWhenItIsMissingOrOlderThanASourceAndThenNoMore() throws Exception {
    Map<String, String> maven = maven("cp '" + jar("one") + "' cli/target/mdp.jar");

    Result first = launch(home, maven, home.resolve("mdp"));
    Result second = launch(home, maven, home.resolve("mdp"));
    Path source = home.resolve("lib/x/src/main/java/A.java");
    Files.setLastModifiedTime(
        source,
        FileTime.fromMillis(
            Files.getLastModifiedTime(home.resolve("cli/target/mdp.jar")).toMillis() + 2_000));
    Result third = launch(home, maven, home.resolve("mdp"));

    assertThat(first)
        .isEqualTo(new Result(0, "one []\n", "building mdp (first run: a few minutes)…\n"));
    assertThat(second).isEqualTo(new Result(0, "one []\n", ""));
    assertThat(third.err).isEqualTo("building mdp (first run: a few minutes)…\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoFirstStartsAtOnceBuildOnce() throws Exception {
    Map<String, String> maven = maven("sleep 1; cp '" + jar("one") + "' cli/target/mdp.jar");

    Process one = start(home, maven, home.resolve("mdp"));
    Process two = start(home, maven, home.resolve("mdp"));
    Result first = result(one);
    Result second = result(two);

    assertThat(first.out).isEqualTo("one []\n");
    assertThat(second.out).isEqualTo("one []\n");
    assertThat(first.err + second.err).contains("building mdp", "another start is building");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsShowsItsErrors() throws Exception {
    Result result =
        launch(home, maven("echo '[ERROR] no such symbol'; exit 1"), home.resolve("mdp"));

    assertThat(result.code).isEqualTo(78);
    assertThat(result.out).isEmpty();
    assertThat(result.err).contains("[ERROR] no such symbol", "the build failed (mvn exit 1)");
  }

  @Test
  void theRealProgramRunsThroughIt() throws Exception {
    Files.copy(Project.root().resolve("cli/target/mdp.jar"), home.resolve("mdp.jar"));

    assertThat(launch("--version")).isEqualTo(new Result(0, "mdp 0.1.0\n", ""));
    assertThat(launch("config", "check", "--no-connect").code).isZero();
    assertThat(shell("'" + home + "/mdp' --help > /dev/full").code).isEqualTo(1);
    assertThat(shell("'" + home + "/mdp' --help > /dev/full").err)
        .isEqualTo(
            "output error: cannot write the results to standard output: No space left on device\n");
  }

  private record Result(int code, String out, String err) {}

  private Result launch(String... args) throws Exception {
    return launch(home, Map.of(), home.resolve("mdp"), args);
  }

  private Result launch(
      Path directory, Map<String, String> environment, Path launcher, String... args)
      throws Exception {
    return result(start(directory, environment, launcher, args));
  }

  private Result shell(String command) throws Exception {
    return launch(home, Map.of(), Path.of("/bin/sh"), "-c", command);
  }

  private Process start(
      Path directory, Map<String, String> environment, Path launcher, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_OPTS", "MDP_JAVA_OPTS", "JAVA_TOOL_OPTIONS"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Result result(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  private List<Path> caches() throws IOException {
    try (var files = Files.list(home)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  private long builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  /// A project of one source, and a `mvn` on the path that does this.
  private Map<String, String> maven(String what) throws IOException {
    Path source = home.resolve("lib/x/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.writeString(source, "");
    Files.writeString(home.resolve("pom.xml"), "");
    Path bin = Files.createDirectories(folder.resolve("maven"));
    Path mvn =
        Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho \"$@\" >> builds\n" + what + "\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Map.of("PATH", bin + ":" + System.getenv("PATH"));
  }

  /// A program that prints a word and its arguments.
  private Path jar(String word) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes-" + word));
    String main =
        """
        package dev.mdp.cli;
        public class Mdp {
          public static void main(String[] args) {
            if (args.length > 0 && args[0].equals("exit")) System.exit(42);
            Object shown = args.length > 0 && args[0].equals("flags")
                ? java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()
                : java.util.Arrays.toString(args);
            System.out.println("%s " + shown);
          }
        }
        """
            .formatted(word);
    compile(classes, "Mdp", main);
    compile(
        classes,
        "Training",
        "package dev.mdp.cli; public class Training { public static void main(String[] a) { Mdp.main(a); } }");
    Path jar = folder.resolve(word + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.mdp.cli.Mdp");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of("Mdp", "Training")) {
        JarEntry entry = new JarEntry("dev/mdp/cli/" + name + ".class");
        entry.setTime(1_700_000_000_000L);
        out.putNextEntry(entry);
        out.write(Files.readAllBytes(classes.resolve(entry.getName())));
      }
    }
    return jar;
  }

  private static void compile(Path classes, String name, String source) {
    var file =
        new SimpleJavaFileObject(
            URI.create("string:///dev/mdp/cli/" + name + ".java"),
            javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of("-d", classes.toString(), "-cp", classes.toString(), "-proc:none");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(file))
                .call())
        .isTrue();
  }
}
