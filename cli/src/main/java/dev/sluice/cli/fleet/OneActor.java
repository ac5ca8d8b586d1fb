package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import java.io.PrintWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One actor: where it is in the API, and how to wait for it. */
final class OneActor {

    /** What happened before the last of these is of no interest: it is what was waited for. */
    private static final Set<String> BY_OPERATORS = Set.of("deploy", "scale", "rollout", "promote");

    private final Control control;
    private final String name;

    OneActor(Control control, String name) {
        this.control = control;
        this.name = name;
    }

    String path(String... more) {
        return Control.path("actors", name, more);
    }

    /** @param verb below the actor; empty: the actor itself */
    Reply write(String method, String verb, @Nullable String body, String ifMatch) {
        return control.send(method, verb.isEmpty() ? path() : path(verb), body, ifMatch);
    }

    Reply now() {
        return control.get(path());
    }

    /** Null where there is none. */
    @Nullable Reply find() {
        return control.find(path());
    }

    /** Until the version that the answer wants serves, or is tried as much as is wanted. */
    void await(Reply written, PrintWriter talk, WaitOptions options) {
        JsonNode actor = written.json();
        String version = actor.path("rollout")
                .path("version")
                .asString(actor.path("goal").path("version").asString(""));
        ActorProgress progress = new ActorProgress(version);
        try {
            new Waiting(talk, options.timeout()).until(() -> progress.of(now().json()));
        } catch (CommandFailure e) {
            String why = lastReason();
            throw why.isEmpty() ? e : new CommandFailure(e.getMessage() + " " + why);
        }
    }

    /** Why a rollout went back, or a replica was given up; empty where nothing of the kind happened. */
    private String lastReason() {
        String last = "";
        for (Control router : control.each()) {
            try {
                JsonNode events = router.get("/events?actor=" + path().substring("/actors/".length()))
                        .json();
                for (JsonNode event : events.path("events")) {
                    String kind = event.path("kind").asString("");
                    if (BY_OPERATORS.contains(kind)) {
                        last = "";
                    } else if (kind.equals("rollback") || kind.equals("give-up")) {
                        last = "The last reason that its router gives: "
                                + event.path("reason").asString("");
                    }
                }
            } catch (CommandFailure saysNothing) {
                // Then the reason stays unknown, and the failure is said without it.
            }
        }
        return last;
    }

    /** Until nothing of it runs. */
    void awaitEnd(PrintWriter talk, WaitOptions options) {
        new Waiting(talk, options.timeout()).until(() -> {
            long left = control.get("/replicas")
                    .json()
                    .path("replicas")
                    .valueStream()
                    .filter(replica -> replica.path("actor").asString("").equals(name)
                            && !replica.path("state").asString("").equals("failed"))
                    .count();
            return left == 0
                    ? Progress.over(name + ": nothing runs any more")
                    : Progress.going(name + ": " + left + " left");
        });
    }
}
