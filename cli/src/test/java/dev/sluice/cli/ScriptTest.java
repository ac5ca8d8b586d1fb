package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./sluice} in a project of its own, with JDKs and a Maven that only say that they were called. */
class ScriptTest {

    private static final String TOOLS =
            "bash basename cat cksum cp dirname find grep head mkdir mv readlink rm sed sleep"
                    + " sort tail tee touch tr xargs";

    /** As Maven would: what it was asked for, then the jars, or what is wrong. */
    private static final String MVNW = """
            #!/usr/bin/env bash
            cd "$(dirname "$0")"
            echo "$@" >>built
            echo '[INFO] Building sluice-cli 0.1.0-SNAPSHOT                    [2/2]'
            if [ -e broken ]; then
              echo '[ERROR] /src/A.java:[1,2] cannot find symbol'
              echo '[ERROR] -> [Help 1]'
              exit 1
            fi
            for module in cli frontend-service router-service replica-service benchmarks; do
              case $*$module in *benchmarks*benchmarks) ;; *benchmarks) continue ;; esac
              mkdir -p $module/target
              echo jar >$module/target/sluice-$module.jar
              echo jar >$module/target/sluice-$module-exec.jar
            done
            mkdir -p examples/actors/target
            echo jar >examples/actors/target/sluice-example-actors.jar
            """;

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void makeProject() throws Exception {
        project = Files.createDirectories(folder.resolve("project"));
        String script = Files.readString(Path.of("../sluice")).replace("/usr/lib/jvm/*", folder + "/jvm/*");
        executable(project.resolve("sluice"), script);
        executable(project.resolve("mvnw"), MVNW);
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        for (String module :
                "cli common scheduling protocol replica-sdk frontend-service router-service replica-service examples examples/actors benchmarks"
                        .split(" ")) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(project.resolve(module).resolve("src/main/A.java"), "class A {}");
        }
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS.split(" ")) {
            Path found = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        jdk("17", "17.0.15");
    }

    @Test
    void startsTheProgramWithTheNewestJdk() throws Exception {
        jdk("25", "25.0.3");
        jdk("9", "9.0.4");

        Said said = sluice("call", "vadder", "a b");

        assertThat(said.exit()).isZero();
        assertThat(said.text()).contains("java of 25.0.3: ").endsWith(" <call> <vadder> <a b>\n");
    }

    @Test
    void saysThatThereIsNoJdk() throws Exception {
        Files.delete(folder.resolve("jvm/17/release"));

        assertThat(sluice("status"))
                .isEqualTo(new Said(1, "No JDK was found: install JDK 17 or newer, or point JAVA_HOME at one.\n"));
    }

    @Test
    void saysThatTheNewestJdkIsTooOld() throws Exception {
        jdk("17", "11.0.2");

        Said said = sluice("status");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .contains("is version 11: install JDK 17 or newer")
                .hasLineCount(1);
    }

    @Test
    void buildsOnceAndAgainOnlyWhereASourceChanged() throws Exception {
        assertThat(sluice("status").text()).contains("Building what is not built", "sluice-cli [2/2]");
        assertThat(sluice("status").text()).doesNotContain("Building");
        assertThat(builds()).hasSize(1).first().asString().contains("-pl cli -am package");

        Files.createDirectories(project.resolve("cli/src/test"));
        Files.writeString(project.resolve("cli/src/test/ATest.java"), "class ATest {}");
        Files.writeString(project.resolve("router-service/src/main/A.java"), "class B {}");
        sluice("status");
        assertThat(builds()).hasSize(1);

        Files.writeString(project.resolve("cli/src/main/A.java"), "class B {}");
        sluice("status");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsTheServicesForUpAndTheBenchmarksForBench() throws Exception {
        sluice("up");
        assertThat(builds())
                .last()
                .asString()
                .contains("-pl cli,frontend-service,router-service,replica-service,examples/actors -am package");

        Files.writeString(project.resolve("scheduling/src/main/A.java"), "class B {}");
        sluice("up", "--help");
        assertThat(builds()).hasSize(1);
        sluice("up");
        assertThat(builds()).hasSize(2);

        sluice("bench", "hops", "--help");
        assertThat(builds()).last().asString().contains("examples/actors,benchmarks -am package");
    }

    @Test
    void takesWhatWasBuiltByHand() throws Exception {
        sluice("status");
        Files.writeString(project.resolve("cli/src/main/A.java"), "class B {}");
        Files.setLastModifiedTime(
                project.resolve("cli/target/sluice-cli.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));

        sluice("status");

        assertThat(builds()).hasSize(1);
    }

    @Test
    void saysWhyABuildFailedAndWhereItsLogIs() throws Exception {
        Files.createFile(project.resolve("broken"));

        Said said = sluice("up");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .contains("The build failed; its log is " + project.toRealPath().resolve(".sluice/build/build.log"))
                .endsWith("  | /src/A.java:[1,2] cannot find symbol\n")
                .doesNotContain("java of");
        assertThat(project.resolve(".sluice/build/lock")).doesNotExist();
    }

    @Test
    void takesOverTheLockOfABuildThatWasKilled() throws Exception {
        Files.createDirectories(project.resolve(".sluice/build/lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(project.resolve(".sluice/build/lock/pid"), gone.pid() + "\n");

        assertThat(sluice("status").exit()).isZero();
        assertThat(builds()).hasSize(1);
    }

    private record Said(int exit, String text) {}

    private Said sluice(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(project.resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", folder.resolve("tools").toString());
        environment.put("HOME", folder.toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(project.resolve("built"));
    }

    private void jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jvm").resolve(name).resolve("bin"))
                .getParent();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
        String java = "#!/usr/bin/env bash\nprintf 'java of " + version + ": '\nprintf ' <%s>' \"$@\"\necho\n";
        executable(home.resolve("bin/java"), java);
        executable(home.resolve("bin/javac"), java);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
