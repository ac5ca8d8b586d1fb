package dev.sluice.cli.logs;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.Project;
import dev.sluice.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the processes wrote. */
@Command(
        name = "logs",
        description = "Show the last lines that the processes wrote.",
        footer = {"", "Examples:", "  sluice logs host-0", "  sluice logs -f -n 5 router frontend"})
public final class LogsCommand extends CliCommand implements Callable<Integer> {

    private static final String SUFFIX = ".log";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "A process, such as host-1, or a whole tier, such as host; all where none is named.")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Lines of each (${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException {
        List<Path> logs = chosen(all());
        int widest = logs.stream().mapToInt(log -> name(log).length()).max().orElse(0);
        List<LogTail> tails = logs.stream()
                .map(log -> new LogTail(log, logs.size() == 1 ? "" : String.format("%-" + widest + "s | ", name(log))))
                .toList();
        for (LogTail tail : tails) {
            tail.last(Math.max(0, lines)).forEach(out()::println);
        }
        return follow ? LogTail.follow(tails, out()) : 0;
    }

    private static List<Path> all() throws IOException {
        Path folder = Project.runtime().logs();
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("There are no logs yet: ./sluice up makes some.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> chosen(List<Path> all) {
        if (names.isEmpty()) {
            return all;
        }
        List<Path> chosen = new ArrayList<>();
        for (String name : names) {
            List<Path> matching = all.stream()
                    .filter(log -> name(log).equals(name) || name(log).startsWith(name + "-"))
                    .filter(log -> !chosen.contains(log))
                    .toList();
            if (matching.isEmpty() && chosen.stream().noneMatch(log -> name(log).startsWith(name))) {
                List<String> there = all.stream().map(LogsCommand::name).toList();
                throw new CommandFailure("There is no log of " + name + ", only of " + String.join(", ", there) + ".");
            }
            chosen.addAll(matching);
        }
        return chosen;
    }

    private static String name(Path log) {
        String file = log.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }
}
