package dev.sluice.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ScalingCommandTest {

    private final StringWriter out = new StringWriter();
    private final CommandLine command = new CommandLine(new ScalingCommand()).setOut(new PrintWriter(out));

    @Test
    void takesItsOptions() {
        CommandLine.ParseResult parsed = command.parseArgs("--quick", "--charts", "images", "--json", "out.json");

        assertThat(parsed.hasMatchedOption("--quick")).isTrue();
        assertThat(parsed.matchedOption("--charts").getValue().toString()).isEqualTo("images");
    }

    @Test
    void helpHasAnExample() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("./sluice bench scaling --charts", "--quick", "--json");
    }

    @Test
    void aFullRunIsTenMinutesWithFiveSeeds() {
        assertThat(ScalingPlan.full()).isEqualTo(new ScalingPlan(5, 600));
        assertThat(ScalingPlan.quick().steadySeconds()).isLessThan(600);
    }
}
