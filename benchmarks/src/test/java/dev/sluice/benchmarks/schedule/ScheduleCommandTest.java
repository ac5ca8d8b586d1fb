package dev.sluice.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ScheduleCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new ScheduleCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void takesItsOptions() {
        CommandLine.ParseResult parsed = command.parseArgs("--quick", "--charts", "images", "--json", "out.json");

        assertThat(parsed.hasMatchedOption("--quick")).isTrue();
        assertThat(parsed.matchedOption("--charts").getValue().toString()).isEqualTo("images");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(command.execute("--seeds", "7")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--seeds");
    }

    @Test
    void helpHasAnExample() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("./sluice bench schedule --charts", "--quick", "--json");
    }

    @Test
    void aQuickRunCountsLessOfTheSame() {
        assertThat(SchedulePlan.quick().measuredNanos())
                .isLessThan(SchedulePlan.full().measuredNanos());
        assertThat(SchedulePlan.full().seeds()).isEqualTo(5);
    }
}
