package giga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, where a script in Maven's place compiles one class that repeats its arguments. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private Path root;
    private Path tools;

    @BeforeEach
    void makeCheckout() throws IOException {
        root = Files.createDirectories(folder.resolve("a check out"));
        Files.copy(Path.of(System.getProperty("giga.root"), "giga"), root.resolve("giga"));
        executable(root.resolve("giga"));
        Path sources = Files.createDirectories(root.resolve("cli/src/main/java/giga/cli"));
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("cli/pom.xml"), "");
        Files.writeString(
                sources.resolve("Giga.java"),
                "package giga.cli; class Giga { public static void main(String[] a) { System.out.println(String.join(\"|\", a)); } }");
        // Nothing but what every system has, so no java and no mvn that happens to be installed.
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of(
                "bash", "env", "dirname", "readlink", "find", "mkdir", "ln", "rm", "mv", "sleep", "tail", "cat")) {
            for (String place : List.of("/bin/", "/usr/bin/")) {
                if (Files.exists(Path.of(place + tool)) && !Files.exists(tools.resolve(tool)))
                    Files.createSymbolicLink(tools.resolve(tool), Path.of(place + tool));
            }
        }
        maven("""
                echo build >>built
                mkdir -p cli/target/classes cli/target/lib
                "$JAVA_HOME/bin/javac" -d cli/target/classes cli/src/main/java/giga/cli/Giga.java
                "$JAVA_HOME/bin/jar" --create --file cli/target/cli-0.jar -C cli/target/classes .
                cp cli/target/cli-0.jar cli/target/lib/other.jar""");
    }

    private void maven(String script) throws IOException {
        Files.deleteIfExists(tools.resolve("mvn"));
        Files.writeString(tools.resolve("mvn"), "#!/bin/bash\nPATH=/bin:/usr/bin\n" + script + "\n");
        executable(tools.resolve("mvn"));
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private ProcessBuilder builder(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", tools.toString(), "JAVA_HOME", JDK.toString(), "HOME", folder.toString()));
        return builder;
    }

    private static Run run(ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile("giga", ".out");
            Path err = Files.createTempFile("giga", ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Run giga(String... arguments) {
        return run(builder(root.resolve("giga"), arguments));
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("built")).size();
    }

    @Test
    void lettersSurviveWithoutALocale() {
        assertThat(giga("Müller 🎨").out()).isEqualTo("Müller 🎨\n");
    }

    @Test
    void buildsOnceAndPassesEveryArgumentOn() throws IOException {
        Run first = giga("redraw", "a b.png", "--prompt", "", "*\"'$x");
        assertThat(first.err()).contains("Building giga").contains("Built.");
        assertThat(first.out()).isEqualTo("redraw|a b.png|--prompt||*\"'$x\n");
        Run second = giga("--version");
        assertThat(second.out()).isEqualTo("--version\n");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isOne();
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrTheBuildIsGone() throws IOException {
        giga();
        Path source = root.resolve("cli/src/main/java/giga/cli/Giga.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        giga();
        assertThat(builds()).isEqualTo(2);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
        Files.delete(root.resolve("cli/target/giga/classpath"));
        assertThat(giga("on").out()).isEqualTo("on\n");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void isFoundThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(tools.resolve("giga"), root.resolve("giga"));
        assertThat(run(builder(link, "x")).out()).isEqualTo("x\n");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk17/bin")).getParent();
        Files.writeString(old.resolve("bin/javac"), "");
        executable(old.resolve("bin/javac"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve(".jdks")).resolve("new"), JDK);
        ProcessBuilder builder = builder(root.resolve("giga"), "x");
        builder.environment().put("JAVA_HOME", old.toString());
        assertThat(run(builder).out()).isEqualTo("x\n");
        builder.environment().remove("JAVA_HOME");
        assertThat(run(builder).out()).isEqualTo("x\n");
    }

    @Test
    void twoFirstCallsBuildOnce() throws IOException, InterruptedException {
        Process other = builder(root.resolve("giga"), "one")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("one.txt").toFile())
                .start();
        assertThat(giga("two").out()).isEqualTo("two\n");
        assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve("one.txt")).content().endsWith("one\n");
        assertThat(builds()).isOne();
    }

    @Test
    void theLockOfAKilledBuildHoldsNobodyUp() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(root.resolve("cli/target"));
        Files.createSymbolicLink(root.resolve("cli/target/building"), Path.of(Long.toString(gone.pid())));
        assertThat(giga("x").out()).isEqualTo("x\n");
        assertThat(Files.exists(root.resolve("cli/target/building"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws IOException {
        Files.delete(tools.resolve("mvn"));
        Run run = giga("x");
        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("giga needs Maven 3.8 or newer");
    }

    @Test
    void aBuildThatFailsShowsWhy() throws IOException {
        maven("echo '[ERROR] no network'; exit 1");
        Run run = giga("x");
        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("[ERROR] no network", "the build failed", "build.log");
        assertThat(root.resolve("cli/target/giga/classpath")).doesNotExist();
    }

    @Test
    void aHeapThatIsNoSizeIsRefused() {
        ProcessBuilder builder = builder(root.resolve("giga"), "x");
        builder.environment().put("GIGA_HEAP", "much");
        Run run = run(builder);
        assertThat(run.code()).isOne();
        assertThat(run.err()).isEqualTo("giga: GIGA_HEAP is 'much'; give a size such as 512m or 2g.\n");
    }

    @Test
    void aSmallHeapWorksWithTheCacheOfClassesToo() {
        assertThat(giga("x").code()).isZero();
        assertThat(root.resolve("cli/target/giga/giga.aot")).isNotEmptyFile();
        for (String heap : List.of("32m", "65536k", "100m", "150994944", "1g")) {
            ProcessBuilder builder = builder(root.resolve("giga"), "x");
            builder.environment().put("GIGA_HEAP", heap);
            Run run = run(builder);
            assertThat(run.err()).as(heap).isEmpty();
            assertThat(run.out()).as(heap).isEqualTo("x\n");
        }
    }

    @Test
    void aHeapThatIsTooSmallIsRefused() {
        ProcessBuilder builder = builder(root.resolve("giga"), "x");
        builder.environment().put("GIGA_HEAP", "2m");
        Run run = run(builder);
        assertThat(run.code()).isOne();
        assertThat(run.err()).isEqualTo("giga: GIGA_HEAP is '2m'; giga needs 32m or more.\n");
    }

    @Test
    void theExitCodeIsTheCommands() throws IOException {
        Files.writeString(
                root.resolve("cli/src/main/java/giga/cli/Giga.java"),
                "package giga.cli; class Giga { public static void main(String[] a) { System.exit(a.length); } }");
        assertThat(giga("1", "2").code()).isEqualTo(2);
    }
}
