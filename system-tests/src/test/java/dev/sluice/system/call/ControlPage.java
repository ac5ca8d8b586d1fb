package dev.sluice.system.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The control API of one router, as an operator uses it. Thread-safe. */
public final class ControlPage {

    private static final Duration MOST = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI router;

    public ControlPage(URI router) {
        this.router = router;
    }

    /** @param placed whether a router asked for it */
    public record Replica(
            String replica, String actor, String version, String host, String state, String reason, boolean placed) {

        public boolean isReady() {
            return state.equals("ready");
        }
    }

    /** Of what concerns no actor, no host and so on the name is empty. */
    public record Event(
            long number, String kind, String actor, String version, String replica, String host, String reason) {}

    /** @param path below {@code /control/v1/} */
    public Reply get(String path) {
        return send("GET", path, "");
    }

    /** @param body JSON; empty where there is none */
    public Reply send(String method, String path, String body, String... headers) {
        return Caller.joined(sendLater(method, path, body, headers));
    }

    /** @param headers names and values by turns */
    public CompletableFuture<Reply> sendLater(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(router.resolve("/control/v1/" + path))
                .timeout(MOST)
                .header("Authorization", "Bearer " + Site.SECRET)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(ControlPage::reply);
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    /** A write that must be done; the actor as it is wanted then. */
    public JsonNode done(String method, String path, String body) {
        Reply reply = send(method, path, body);
        assertThat(reply.status()).as(reply.body()).isIn(200, 201);
        return reply.json();
    }

    /** Deploys an actor of the type {@code trial} with exactly so many replicas, and waits until they serve. */
    public void deployTrial(String actor, int replicas, String args) {
        done("PUT", "actors/" + actor, "{\"type\": \"trial\", \"replicas\": " + replicas + ", \"args\": " + args + "}");
        awaitSettled(actor, replicas);
    }

    /** Exactly so many from now on; waits until they serve. */
    public void scale(String actor, int replicas) {
        done("POST", "actors/" + actor + "/scale", "{\"replicas\": " + replicas + "}");
        awaitSettled(actor, replicas);
    }

    /** Nothing that a router asked for is left in the end, and every host may be used. */
    public void undeployAll() {
        get("actors").json().path("actors").forEach(actor -> {
            if (actor.path("goal").isObject()) {
                done("DELETE", "actors/" + actor.path("name").asString(), "");
            }
        });
        drained().forEach(host -> done("POST", "hosts/" + host + "/undrain", ""));
        await("no replica is placed")
                .atMost(Site.LONG)
                .until(() -> replicas().stream().noneMatch(Replica::placed));
    }

    /** The hosts that an operator wants empty. */
    public List<String> drained() {
        List<String> drained = new ArrayList<>();
        get("hosts").json().path("hosts").forEach(host -> {
            if (host.path("drained").asBoolean()) {
                drained.add(host.path("node").asString());
            }
        });
        return drained;
    }

    public JsonNode actor(String name) {
        Reply reply = get("actors/" + name);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** How far the router that controls it has come. */
    public JsonNode status(String actor) {
        return actor(actor).path("status");
    }

    public boolean isRollingOut(String actor) {
        return actor(actor).path("rollout").isObject();
    }

    /** The version that serves. */
    public String currentVersion(String actor) {
        return actor(actor).path("goal").path("version").asString();
    }

    /** So many replicas are wanted and serve, and no other is there. To be asked of the router that controls it. */
    public boolean isSettled(String actor, int wanted) {
        JsonNode status = status(actor);
        List<Replica> replicas = replicas(actor);
        return status.path("wanted").asInt(-1) == wanted
                && status.path("ready").asInt() == wanted
                && replicas.size() == wanted
                && replicas.stream().allMatch(Replica::isReady);
    }

    public void awaitSettled(String actor, int wanted) {
        await(actor + " has " + wanted + " replicas")
                .atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> isSettled(actor, wanted));
    }

    /** So many replicas of this version serve, and no other replica of the actor is there. */
    public void awaitOnly(String actor, String version, int wanted) {
        await(actor + " has replicas of version " + version + " only")
                .atMost(Site.LONG)
                .pollInterval(GLANCE)
                .until(() -> isSettled(actor, wanted)
                        && replicas(actor).stream()
                                .allMatch(replica -> replica.version().equals(version)));
    }

    public List<Replica> replicas() {
        List<Replica> replicas = new ArrayList<>();
        get("replicas")
                .json()
                .path("replicas")
                .forEach(node -> replicas.add(new Replica(
                        node.path("replica").asString(),
                        node.path("actor").asString(),
                        node.path("version").asString(),
                        node.path("host").asString(),
                        node.path("state").asString(),
                        node.path("reason").asString(""),
                        node.path("placed").asBoolean())));
        return replicas;
    }

    public List<Replica> replicas(String actor) {
        return replicas().stream()
                .filter(replica -> replica.actor().equals(actor))
                .toList();
    }

    /** Oldest first. */
    public List<Event> events(Predicate<Event> which) {
        List<Event> events = new ArrayList<>();
        get("events")
                .json()
                .path("events")
                .forEach(node -> events.add(new Event(
                        node.path("number").asLong(),
                        node.path("kind").asString(),
                        node.path("actor").asString(""),
                        node.path("version").asString(""),
                        node.path("replica").asString(""),
                        node.path("host").asString(""),
                        node.path("reason").asString(""))));
        return events.stream().filter(which).toList();
    }

    public List<Event> events(String actor, String kind) {
        return events(event -> event.actor().equals(actor) && event.kind().equals(kind));
    }
}
