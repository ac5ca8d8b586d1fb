package dev.sluice.cli.fleet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes back to the version before. */
@Command(
        name = "rollback",
        description = {
            "End the rollout of an actor; where none runs, go back to the version that served before.",
            "Nothing is done where somebody else changes the actor in the same moment."
        },
        footer = {"", "Example:", "  sluice rollback model --wait"})
public final class RollbackCommand extends FleetCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Which actor.")
    private String name = "";

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        OneActor actor = new OneActor(control(), name);
        // Of what is seen now: sent again, it must not go back further.
        return done(actor, actor.write("POST", "rollback", null, actor.now().etag()), waiting);
    }
}
