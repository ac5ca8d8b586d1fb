package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceCliTest {

    @TempDir
    private Path project;

    @Test
    void listsItsCommands() {
        for (Run run : new Run[] {Run.in(project), Run.in(project, "help"), Run.in(project, "--help")}) {
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("up ", "down ", "status ", "call ", "logs ", "bench ", "help ");
            assertThat(run.out())
                    .contains(
                            "actors ",
                            "deploy ",
                            "scale ",
                            "rollout ",
                            "rollback ",
                            "undeploy ",
                            "hosts ",
                            "drain ",
                            "events ",
                            "explain ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "call",
                "logs",
                "bench",
                "actors",
                "deploy",
                "scale",
                "rollout",
                "rollback",
                "undeploy",
                "hosts",
                "drain",
                "events",
                "explain"
            })
    void explainsEachWithAnExample(String command) {
        Run run = Run.in(project, command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Example").contains("  sluice " + command);
        assertThat(Run.in(project, "help", command).out()).isEqualTo(run.out());
    }

    @Test
    void suggestsWhatWasMeant() {
        Run run = Run.in(project, "statsu");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("statsu")
                .contains("Did you mean status?")
                .contains("sluice --help");
    }

    @Test
    void endsWith2ForAnOptionThatThereIsNot() {
        Run run = Run.in(project, "up", "--frontend", "2");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("--frontend")
                .contains("sluice up --help")
                .doesNotContain("\tat ");
    }

    @Test
    void saysInASentenceWhatCannotBe() {
        Run run = Run.in(project, "up", "--hosts", "-1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("There cannot be -1 processes").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheActorsFileIsNotThereBeforeItStartsAnything() {
        Run run = Run.in(
                project, "up", "--actors-file", project.resolve("absent.yaml").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("absent.yaml cannot be read.");
    }

    @Test
    void saysWhatToBuildWhereAJarIsMissing() {
        assertThat(Run.in(project, "bench", "hops", "--quick").err()).contains("sluice-benchmarks.jar is not there");
        assertThat(Run.in(
                                project,
                                "up",
                                "--frontend-port=0",
                                "--grpc-port=0",
                                "--flight-port=0",
                                "--zeromq-port=0",
                                "--router-port=0",
                                "--host-port=0")
                        .err())
                .contains("-exec.jar is not there");
    }
}
