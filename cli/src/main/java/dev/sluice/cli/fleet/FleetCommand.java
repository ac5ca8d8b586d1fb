package dev.sluice.cli.fleet;

import dev.sluice.cli.CliCommand;
import dev.sluice.cli.output.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands for the fleet have in common: which router they talk to, and how they answer. */
abstract class FleetCommand extends CliCommand implements Callable<Integer> {

    @Option(
            names = "--router",
            paramLabel = "URL",
            description =
                    "Which router to ask; those of this folder where absent. SLUICE_CLUSTER_SECRET is sent along.")
    private @Nullable String router;

    @Option(names = "--json", description = "Print the router's answer as JSON on one line, for programs.")
    private boolean json;

    final Control control() {
        return Control.at(router);
    }

    final boolean isForPrograms() {
        return json;
    }

    final void printJson(Reply reply) {
        out().println(Json.formatted(reply.text(), false));
    }

    /** What the router wants people to know. Programs find it in the answer. */
    final void warn(Reply reply) {
        reply.json().path("warnings").forEach(warning -> err().println("Warning: " + warning.asString("")));
    }

    /** Ends a command that changed what is wanted of an actor. */
    final int done(OneActor actor, Reply written, WaitOptions waiting) {
        warn(written);
        if (waiting.isWanted()) {
            actor.await(written, isForPrograms() ? err() : out(), waiting);
        }
        if (isForPrograms()) {
            printJson(waiting.isWanted() ? actor.now() : written);
        } else if (!waiting.isWanted()) {
            out().println(ActorSheet.wanted(written.json()));
        }
        return 0;
    }
}
