package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DeployCommandTest {

    @Test
    void namesEveryKindThatThereIs() {
        String usage = new CommandLine(new DeployCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(usage.replaceAll("\\s+", " "))
                .contains("java, a class")
                .contains("onnx, a model")
                .contains("sql, a file with a query")
                .contains("pipeline, other actors");
    }
}
