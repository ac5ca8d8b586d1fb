package dev.sluice.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SoakCommandTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new SoakCommand()).setErr(new PrintWriter(err));

    @Test
    void takesTenMinutesUnlessToldOtherwise() {
        assertThat(command.parseArgs().matchedOptionValue("--minutes", 10)).isEqualTo(10);
        assertThat(command.parseArgs("--minutes", "60", "--json", "soak.json").matchedOptionValue("--minutes", 0))
                .isEqualTo(60);
    }

    @Test
    void refusesATimeInWhichThereIsNothingToSee() {
        assertThat(command.execute("--minutes", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("write --minutes 1 or more");
    }
}
