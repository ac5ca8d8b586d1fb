package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the page of a frontend asks for. */
final class PageDoor implements Door {

    private static final String ACCEPT = "Accept: application/json";
    private static final String NOW = "/ui/api/now";
    private static final String STREAM = "/ui/api/stream";
    private static final String LISTS = "/ui/api/queries";
    private static final String QUERIES = LISTS + "/";
    private static final String VIEWER = "/ui/viewer";
    private static final String INDEX = "/ui/index.html";

    private final HttpWire wire;
    private final String origin;
    /** Of a query that was served just now, so that there is something to be told of it. */
    private String id = "";

    PageDoor(URI frontend) {
        wire = new HttpWire(frontend, false);
        origin = "Origin: http://" + frontend.getAuthority();
    }

    @Override
    public String name() {
        return "page's API";
    }

    @Override
    public void send(Changes changes, Tally tally) throws Wrong {
        if (id.isEmpty()) {
            id = served(tally);
        }
        HttpRequestText valid = changes.oneOf(valid());
        HttpRequestText sent = changes.once(10) ? valid : valid.changed(changes);
        try {
            judge(valid, sent, wire.ask(sent), tally);
        } catch (Wrong wrong) {
            throw wrong.to(sent);
        }
    }

    private String served(Tally tally) throws Wrong {
        Reply reply = wire.ask(FuzzRun.VALID);
        if (!reply.isAnswerToQuery()) {
            throw new Wrong("a right query is answered " + reply);
        }
        tally.query();
        return reply.headers().getOrDefault("sluice-id", "");
    }

    private List<HttpRequestText> valid() {
        return List.of(
                HttpRequestText.of("GET", NOW, "", ACCEPT, origin),
                HttpRequestText.of("GET", LISTS, "", ACCEPT, origin),
                HttpRequestText.of("GET", QUERIES + id, "", ACCEPT, origin),
                HttpRequestText.of("GET", VIEWER, "", ACCEPT, origin),
                HttpRequestText.of("GET", STREAM, "", "Accept: text/event-stream", "Last-Event-ID: 7", origin),
                HttpRequestText.of("GET", INDEX, "", "Accept: text/html", "If-Modified-Since: Thu, 01 Jan 1970"));
    }

    private void judge(HttpRequestText valid, HttpRequestText sent, Reply reply, Tally tally) throws Wrong {
        if (reply.status() < 400) {
            if (sent.path().equals(valid.path()) && !isRight(sent, reply)) {
                throw new Wrong("a wrong answer: " + reply);
            }
            tally.answered();
        } else if (sent.change() == Change.NONE) {
            throw new Wrong("a valid request was refused: " + reply);
        } else {
            Problems.mustBeOne(reply);
            tally.refused();
        }
    }

    private boolean isRight(HttpRequestText sent, Reply reply) {
        return switch (sent.path()) {
            case NOW -> reply.status() == 200 && isNow(reply.json());
            case LISTS -> reply.status() == 200 && reply.json().path("last").isArray();
            case VIEWER ->
                reply.status() == 200 && reply.json().path("operator").isBoolean();
            case STREAM -> reply.status() == 200 && isNow(firstEvent(reply));
            // Whoever says until when they have it is told that it is still the same.
            case INDEX ->
                reply.status() == 304 && sent.change() != Change.NONE
                        || reply.status() == 200 && reply.text().contains("<html");
            default ->
                reply.status() == 200 && reply.json().path("id").asString("").equals(id);
        };
    }

    private static boolean isNow(JsonNode moment) {
        return moment.path("frontend").isObject() && moment.path("routers").isArray();
    }

    private static JsonNode firstEvent(Reply reply) {
        return reply.text()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .map(line -> Reply.json(Changes.utf8(line.substring("data:".length()))))
                .orElseGet(() -> Reply.json(new byte[0]));
    }

    /** The next round asks after another query: of those long ago nothing is known any more. */
    @Override
    public void tidy() {
        id = "";
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
