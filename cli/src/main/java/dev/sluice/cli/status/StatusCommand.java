package dev.sluice.cli.status;

import dev.sluice.cli.HelpOption;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs. */
@Command(
        name = "status",
        description = {"Show the processes, actors, replicas and queues.", "Ends with 1 where Sluice is not up."},
        footer = {"", "Examples:", "  sluice status", "  sluice status --json | jq .queues"})
public final class StatusCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it runs the command
    private CommandSpec spec;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Status status = Status.of(Project.runtime());
        if (json) {
            out.println(status.json());
            return status.processes().isEmpty() ? 1 : 0;
        }
        if (status.processes().isEmpty()) {
            throw new CommandFailure("Sluice is not up here: ./sluice up starts it.");
        }
        status.print(out);
        return 0;
    }
}
