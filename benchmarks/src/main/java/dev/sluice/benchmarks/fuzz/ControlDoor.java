package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The control API of a router: what it says that it took has to be what is wanted afterwards. */
final class ControlDoor implements Door {

    private static final long GLANCE_MILLIS = 50;

    private final HttpWire wire;
    /** Those that hosts run by themselves. */
    private final Set<String> others;

    ControlDoor(URI router) throws IOException {
        wire = new HttpWire(router, false);
        others = Set.copyOf(actors());
        tidy();
    }

    @Override
    public String name() {
        return "control API";
    }

    @Override
    public void send(Changes changes, Tally tally) throws Wrong {
        HttpRequestText valid = changes.oneOf(ControlRequests.VALID);
        boolean changesActor = !valid.method().equals("GET") && valid.path().startsWith(ControlRequests.ACTOR + "/")
                || valid.path().equals(ControlRequests.ACTOR);
        JsonNode before = changesActor ? look(ControlRequests.look()) : Reply.json(new byte[0]);
        if (changesActor && changes.once(3)) {
            valid = valid.with("If-Match: \"" + before.path("revision").asLong(0) + "\"");
        }
        HttpRequestText sent = changes.once(10) ? valid : valid.changed(changes);
        try {
            judge(valid, sent, wire.ask(sent), before, tally);
        } catch (Wrong wrong) {
            throw wrong.to(sent);
        }
    }

    private void judge(HttpRequestText valid, HttpRequestText sent, Reply reply, JsonNode before, Tally tally)
            throws Wrong {
        if (reply.isOk()) {
            mustBeDone(valid, sent, reply, before);
            tally.answered();
            return;
        }
        // A rollout that does not run cannot be promoted, though nothing is wrong with asking for it.
        if (sent.change() == Change.NONE && reply.status() != 404 && reply.status() != 409) {
            throw new Wrong("a valid request was refused: " + reply);
        }
        // What has no address is no HTTP; whoever writes it does not read sentences.
        if (reply.status() != 400 || sent.hasAddress()) {
            Problems.mustBeOne(reply);
        }
        tally.refused();
    }

    private void mustBeDone(HttpRequestText valid, HttpRequestText sent, Reply reply, JsonNode before) throws Wrong {
        if (reply.isEvents()) {
            return;
        }
        if (!reply.json().isObject() || reply.status() > 201) {
            throw new Wrong("a success that nobody speaks of: " + reply);
        }
        if (sent.method().equals("GET") || !sent.path().equals(valid.path())) {
            return;
        }
        String missed;
        if (sent.path().startsWith(ControlRequests.HOSTS)) {
            missed = ControlGoals.missedOfHost(sent, look(ControlRequests.hosts()));
        } else if (sent.path().startsWith(ControlRequests.ACTOR + "/")
                || sent.path().equals(ControlRequests.ACTOR)) {
            missed = ControlGoals.missed(sent, before, look(ControlRequests.look()));
        } else {
            missed = ControlGoals.missedOfPipeline(sent, reply.json());
        }
        if (!missed.isEmpty()) {
            throw new Wrong("taken, and " + missed + ": " + reply + "\nbefore: " + before);
        }
    }

    /** Missing where there is nothing. */
    private JsonNode look(HttpRequestText request) throws Wrong {
        Reply reply = wire.ask(request);
        if (!reply.isOk() && reply.status() != 404) {
            throw new Wrong("nothing can be seen: " + reply);
        }
        return reply.isOk() ? reply.json() : Reply.json(new byte[0]);
    }

    private List<String> actors() throws IOException {
        return done(ControlRequests.actors())
                .path("actors")
                .valueStream()
                .map(actor -> actor.path("name").asString(""))
                .toList();
    }

    /** What is taken is undeployed again, or the fleet would be full of it; the host may be used again. */
    @Override
    public void tidy() throws IOException {
        for (String actor : actors()) {
            if (!others.contains(actor)) {
                done(ControlRequests.undeploy(actor));
            }
        }
        done(ControlRequests.UNDRAIN);
        deploy();
    }

    /** As long as replicas of the same version are still on their way out, it is refused, with the advice to try again. */
    private void deploy() throws IOException {
        long start = System.nanoTime();
        Reply reply = asked(ControlRequests.DEPLOY);
        while (reply.status() == 409 && System.nanoTime() - start < HttpWire.PATIENCE.toNanos()) {
            glance();
            reply = asked(ControlRequests.DEPLOY);
        }
        mustBeOk(ControlRequests.DEPLOY, reply);
    }

    private static void glance() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode done(HttpRequestText request) throws IOException {
        Reply reply = asked(request);
        mustBeOk(request, reply);
        return reply.json();
    }

    private static void mustBeOk(HttpRequestText request, Reply reply) throws IOException {
        if (!reply.isOk()) {
            throw new IOException(request + " is answered " + reply);
        }
    }

    private Reply asked(HttpRequestText request) throws IOException {
        try {
            return wire.ask(request);
        } catch (Wrong none) {
            throw new IOException(request + ": " + none.getMessage(), none);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
