package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Empties a host. */
@Command(
        name = "drain",
        description = {"Empty a host, so that it can be stopped: its replicas go elsewhere, and none comes back."},
        footer = {"", "Examples:", "  sluice drain host-1 --wait", "  sluice drain host-1 --undo"})
public final class DrainCommand extends FleetCommand {

    @Parameters(index = "0", paramLabel = "NODE", description = "Its node id, as sluice hosts shows it.")
    private String node = "";

    @Option(names = "--undo", description = "Use the host again.")
    private boolean undo;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Override
    public Integer call() {
        Control control = control();
        Reply written = control.send("POST", Control.path("hosts", node, undo ? "undrain" : "drain"), null, "");
        warn(written);
        if (waiting.isWanted() && !undo) {
            new Waiting(isForPrograms() ? err() : out(), waiting.timeout()).until(() -> progress(control));
        }
        if (isForPrograms()) {
            printJson(written);
        } else if (undo) {
            out().println(node + " is used again.");
        } else if (!waiting.isWanted()) {
            out().println(node + " is being emptied; sluice hosts shows how far it is.");
        }
        return 0;
    }

    private Progress progress(Control control) {
        for (JsonNode host : control.get("/hosts").json().path("hosts")) {
            if (host.path("node").asString("").equals(node)) {
                int left = host.path("replicas").asInt(0);
                int staying = host.path("staying").asInt(0);
                if (left == staying && staying > 0) {
                    throw new CommandFailure(node + " is not empty: " + staying + " of its replicas "
                            + (staying == 1 ? "is" : "are") + " of its own configuration.");
                }
                return left == 0
                        ? Progress.over(node + ": empty")
                        : Progress.going(node + ": " + left + (left == 1 ? " replica left" : " replicas left"));
            }
        }
        return Progress.over(node + ": gone");
    }
}
