package dev.sluice.cli.up;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.platform.Drain;
import dev.sluice.cli.platform.OsProcess;
import dev.sluice.cli.platform.Patience;
import dev.sluice.cli.platform.ProcessRecord;
import dev.sluice.cli.platform.RuntimeDirectory;
import dev.sluice.cli.platform.Tier;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends what {@code up} started, from any terminal. */
@Command(
        name = "down",
        description = "End all processes, draining first: frontends, then routers, then hosts.",
        footer = {"", "Example:", "  sluice down --grace 30"})
public final class DownCommand extends CliCommand implements Callable<Integer> {

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long a process may take to end before it is killed (${DEFAULT-VALUE}).")
    private int graceSeconds;

    @Override
    public Integer call() {
        PrintWriter out = out();
        RuntimeDirectory runtime = Project.runtime();
        Optional<OsProcess> supervisor = runtime.supervisor();
        List<ProcessRecord> living = runtime.living();
        if (living.isEmpty() && supervisor.isEmpty()) {
            out.println("Sluice is not up here: nothing to end.");
            return 0;
        }
        if (supervisor.isPresent()
                && endedBy(supervisor.get(), out)
                && runtime.living().isEmpty()) {
            out.println("Sluice is down.");
            return 0;
        }
        ProgressBoard board = new ProgressBoard(out, Terminal.watched());
        boolean gently = new Drain(runtime, Duration.ofSeconds(graceSeconds), board).end(runtime.living());
        runtime.unsupervised();
        if (!gently) {
            throw new CommandFailure("Sluice is down, but not all of it ended by itself: see sluice logs.");
        }
        out.println("Sluice is down.");
        return 0;
    }

    /** The {@code up} in the other terminal drains what it started, and shows it there. */
    private static boolean endedBy(OsProcess supervisor, PrintWriter out) {
        out.println("Ending the sluice up of another terminal (process " + supervisor.pid() + ").");
        supervisor.terminate();
        Duration most =
                Patience.USUAL.grace().multipliedBy(Tier.values().length).plusSeconds(5);
        if (supervisor.awaitEnd(most)) {
            return true;
        }
        out.println("It does not end: killing it.");
        supervisor.kill();
        return supervisor.awaitEnd(Duration.ofSeconds(5));
    }
}
