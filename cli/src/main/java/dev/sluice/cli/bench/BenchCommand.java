package dev.sluice.cli.bench;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.platform.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands over to the benchmarks, which are a program of their own with the JVM to themselves. */
@Command(
        name = "bench",
        description = {
            "Measure Sluice on this machine; without a name, list what can be measured.",
            "Ends with 1 where a bar does not hold."
        },
        footer = {
            "",
            "Examples:",
            "  sluice bench",
            "  sluice bench hops --quick",
            "  sluice bench hops --json hops.json",
            "  sluice bench hops --help"
        })
public final class BenchCommand extends CliCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME [OPTIONS]",
            arity = "0..*",
            description = "A benchmark and what it is to be told, for instance --quick or --json FILE.")
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path jar = Project.folder().resolve("benchmarks/target/sluice-benchmarks.jar");
        if (!Files.exists(jar)) {
            throw new CommandFailure(jar + " is not there: ./mvnw -DskipTests package builds it.");
        }
        List<String> command = new ArrayList<>(List.of(
                Jdk.running().home().resolve("bin/java").toString(),
                "-Dsluice.project=" + Project.folder(),
                "-jar",
                jar.toString()));
        command.addAll(arguments.isEmpty() ? List.of("--help") : arguments);
        Process bench = new ProcessBuilder(command).inheritIO().start();
        // Ctrl-C reaches the bench by itself; a signal to this process alone has to be passed on.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench), "pass-on"));
        return bench.waitFor();
    }

    private static void end(Process bench) {
        bench.destroy();
        bench.onExit().join();
    }
}
