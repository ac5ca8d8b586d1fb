package dev.sluice.cli;

import dev.sluice.cli.bench.BenchCommand;
import dev.sluice.cli.call.CallCommand;
import dev.sluice.cli.explain.ExplainCommand;
import dev.sluice.cli.fleet.ActorsCommand;
import dev.sluice.cli.fleet.DeployCommand;
import dev.sluice.cli.fleet.DrainCommand;
import dev.sluice.cli.fleet.EventsCommand;
import dev.sluice.cli.fleet.HostsCommand;
import dev.sluice.cli.fleet.RollbackCommand;
import dev.sluice.cli.fleet.RolloutCommand;
import dev.sluice.cli.fleet.ScaleCommand;
import dev.sluice.cli.fleet.UndeployCommand;
import dev.sluice.cli.logs.LogsCommand;
import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.status.StatusCommand;
import dev.sluice.cli.up.DownCommand;
import dev.sluice.cli.up.UpCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code ./sluice}: a later verb is one more class in this list. Exits with 0, 1 for a failure, 2 for a wrong command. */
@Command(
        name = "sluice",
        description = "Serves Java methods and models with a latency promise, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            CallCommand.class,
            LogsCommand.class,
            ActorsCommand.class,
            DeployCommand.class,
            ScaleCommand.class,
            RolloutCommand.class,
            RollbackCommand.class,
            UndeployCommand.class,
            HostsCommand.class,
            DrainCommand.class,
            EventsCommand.class,
            ExplainCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "sluice COMMAND --help explains a command with an example."})
public final class SluiceCli extends CliCommand implements Runnable {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The parser with the manners of this program, which tests use as well. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new SluiceCli());
        // What follows the name of a bench belongs to the bench.
        subcommand(commandLine, "bench").setStopAtPositional(true);
        // An input may begin as an option does, -5, or as an argument file of picocli's own, @pom.xml.
        subcommand(commandLine, "call").setUnmatchedOptionsArePositionalParams(true);
        commandLine.setExpandAtFiles(false);
        return commandLine
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(SluiceCli::wrongCommand)
                .setExecutionExceptionHandler(SluiceCli::failed);
    }

    @Override
    public void run() {
        spec().commandLine().usage(out());
    }

    private static CommandLine subcommand(CommandLine commandLine, String name) {
        return Objects.requireNonNull(commandLine.getSubcommands().get(name));
    }

    private static int wrongCommand(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(String.valueOf(wrong.getMessage())));
        List<String> suggestions = wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        if (!suggestions.isEmpty()) {
            // The nearest: the others have little to do with it.
            err.println("Did you mean " + suggestions.get(0) + "?");
        }
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        String sentence = failure instanceof CommandFailure || failure instanceof PlatformException
                ? String.valueOf(failure.getMessage())
                : "This should not have happened: " + failure;
        command.getErr().println(command.getColorScheme().errorText(sentence));
        if (Boolean.getBoolean("sluice.debug")) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
