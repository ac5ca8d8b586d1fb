package dev.sluice.cli.status;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what runs. */
@Command(
        name = "status",
        description = {
            "Show the processes, actors, replicas, pipelines and queues.",
            "Ends with 1 where Sluice is not up."
        },
        footer = {"", "Examples:", "  sluice status", "  sluice status --json | jq .queues"})
public final class StatusCommand extends CliCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = out();
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
