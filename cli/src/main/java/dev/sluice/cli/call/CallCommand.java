package dev.sluice.cli.call;

import dev.sluice.cli.CallerKey;
import dev.sluice.cli.CliCommand;
import dev.sluice.cli.output.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One query, from the terminal. */
@Command(
        name = "call",
        description = {
            "Call an actor and print its result; of a streaming actor, each result as it comes.",
            "A failure prints its code and reason to standard error and ends with 1."
        },
        footer = {
            "",
            "Examples:",
            "  sluice call vadder 10",
            "  sluice call counter/count null --slo 50ms",
            "  sluice call filetype @pom.xml",
            "  echo '{\"n\": 5, \"everyMillis\": 200}' | sluice call ticks/paced @-"
        })
public final class CallCommand extends CliCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ACTOR[/METHOD]", description = "Whom to call.")
    private String actor = "";

    @Parameters(
            index = "1",
            paramLabel = "JSON|@FILE|@-",
            description = "The input: JSON, or a file of any kind, or standard input.")
    private String input = "";

    @Option(
            names = "--slo",
            paramLabel = "TIME",
            converter = SloConverter.class,
            description = "The answer is worth nothing after this time: 50ms, 1.5s, 2m. The actor's own where absent.")
    private @Nullable Duration slo;

    @Option(names = "--priority", paramLabel = "N", description = "1 is the highest.")
    private @Nullable Integer priority;

    @Option(
            names = "--version",
            paramLabel = "NAME",
            description = "The version that is to answer; left to the rollout where absent.")
    private @Nullable String version;

    @Option(
            names = "--media-type",
            paramLabel = "TYPE",
            description = "Of a file or of standard input, where its name or its content does not tell.")
    private @Nullable String mediaType;

    @Option(
            names = "--frontend",
            paramLabel = "URL",
            description = "Where to call; a frontend of this folder where absent.")
    private @Nullable String frontend;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An API key or a token, for frontends that ask for one. Others on this machine see it in the"
                    + " list of processes: the variable SLUICE_KEY, which does for it, is not seen there.")
    private @Nullable String key;

    @Option(names = "--json", description = "Print the whole answer, as JSON on one line, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        Target target = Target.of(actor, version);
        Input given = Input.of(input, mediaType);
        Frontend to = Frontend.at(frontend, CallerKey.of(key));
        MethodFacts facts = to.describe(target);
        Answers answers = new Answers(out(), json, Terminal.watched());
        to.send(target, given.forMethod(facts), new Urgency(slo, priority), facts.streaming(), answers);
        return 0;
    }
}
