package dev.sluice.cli.fleet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes an actor away. */
@Command(
        name = "undeploy",
        description = {
            "Take an actor away, from all hosts, also where the actors file names it.",
            "Its replicas end after what they run; callers are told that there is no such actor."
        },
        footer = {"", "Example:", "  sluice undeploy model --wait"})
public final class UndeployCommand extends FleetCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Which actor.")
    private String name = "";

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        OneActor actor = new OneActor(control(), name);
        Reply written = actor.write("DELETE", "", null, "");
        if (waiting.isWanted()) {
            actor.awaitEnd(isForPrograms() ? err() : out(), waiting);
        }
        if (isForPrograms()) {
            printJson(written);
        } else if (!waiting.isWanted()) {
            out().println(ActorSheet.wanted(written.json()));
        }
        return 0;
    }
}
