package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FleetCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new FleetCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void takesItsOptions() {
        CommandLine.ParseResult parsed =
                command.parseArgs("--quick", "--charts", "images", "--only", "host", "--only", "step");

        assertThat(parsed.matchedOption("--charts").getValue().toString()).isEqualTo("images");
        assertThat(parsed.matchedOption("--only").<List<String>>getValue()).containsExactly("host", "step");
    }

    @Test
    void refusesAScenarioThatItDoesNotKnow() {
        assertThat(command.execute("--only", "hosts")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no scenario hosts: choose of rollouts, broken, host, step");
    }

    @Test
    void helpNamesEveryScenario() {
        assertThat(command.execute("--help")).isZero();
        List<String> names = FleetRun.ALL.stream().map(Scenario::name).toList();
        assertThat(out.toString()).contains(names);
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void aFullRunHasAllThatIsPromised() {
        FleetPlan full = FleetPlan.full();
        assertThat(full.rollouts()).isEqualTo(20);
        assertThat(full.bursty()).isEqualTo(Duration.ofMinutes(10));
        assertThat(FleetPlan.quick().bursty()).isEqualTo(Duration.ofMinutes(1));
    }
}
