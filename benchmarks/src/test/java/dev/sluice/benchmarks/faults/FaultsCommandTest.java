package dev.sluice.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FaultsCommandTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new FaultsCommand()).setErr(new PrintWriter(err));

    @Test
    void takesItsOptions() {
        CommandLine.ParseResult parsed = command.parseArgs("--quick", "--only", "kill host", "--only", "full disk");

        assertThat(parsed.matchedOption("--only").<List<String>>getValue()).containsExactly("kill host", "full disk");
    }

    @Test
    void refusesAFaultThatItDoesNotKnow() {
        assertThat(command.execute("--only", "flood")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no fault flood: choose of kill host, kill router, ");
    }

    @Test
    void everyFaultHasANameOfItsOwnAndSaysWhatHappens() {
        List<String> names = FaultRun.ALL.stream().map(Fault::name).toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(FaultRun.ALL).allSatisfy(fault -> assertThat(fault.what()).isNotEmpty());
    }
}
