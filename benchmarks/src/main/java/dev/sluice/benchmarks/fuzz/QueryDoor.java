package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import dev.sluice.benchmarks.fuzz.HttpWire.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Native HTTP of a frontend, through to actors that give back what they got, or one more. */
final class QueryDoor implements Door {

    private static final String JSON = "Content-Type: application/json";
    private static final List<HttpRequestText> VALID = List.of(
            HttpRequestText.of("POST", "/vadder", "{\"input\": 10, \"slo_ms\": 2000, \"priority\": 1}", JSON),
            HttpRequestText.of("POST", "/vadder/call", "{\"input\": 41, \"id\": \"q-1\", \"version\": \"1\"}", JSON),
            HttpRequestText.of(
                    "POST", "/echo", "{\"input\": {\"a\": [1, \"\u00e9\", null, true]}}", JSON, "Sluice-Priority: 3"),
            HttpRequestText.of("POST", "/echo", "\u0000\u0001PNG", "Content-Type: image/png", "Sluice-Slo-Ms: 1500"),
            HttpRequestText.of("POST", "/ticks", "{\"input\": 3}", JSON, "Accept: text/event-stream"),
            HttpRequestText.of("GET", "/vadder", "", "Accept: application/json"),
            HttpRequestText.of("GET", "/", "", "Accept: application/json"));

    private final HttpWire wire;

    QueryDoor(URI frontend) {
        wire = new HttpWire(frontend);
    }

    @Override
    public String name() {
        return "native HTTP";
    }

    @Override
    public Became send(Changes changes) throws IOException, Wrong {
        HttpRequestText valid = changes.oneOf(VALID);
        HttpRequestText sent = changes.once(10) ? valid : valid.changed(changes);
        try {
            return judged(sent, wire.ask(sent));
        } catch (Wrong wrong) {
            throw new Wrong(wrong.getMessage() + "\nto:\n" + sent);
        }
    }

    private static Became judged(HttpRequestText sent, Reply reply) throws Wrong {
        if (reply.status() >= 300) {
            if (sent.change() == Change.NONE) {
                throw new Wrong("a valid request was refused: " + reply.status() + " " + reply.text());
            }
            Problems.mustBeOne(sent, reply);
            return Became.REFUSED;
        }
        boolean foretold = sent.change() == Change.NONE || sent.change() == Change.BODY;
        if (foretold && sent.method().equals("POST") && !isRight(sent, reply)) {
            throw new Wrong("a wrong result: " + reply.text());
        }
        return Became.ANSWERED;
    }

    private static boolean isRight(HttpRequestText sent, Reply reply) {
        if (!sent.isJson()) {
            return Arrays.equals(sent.body(), reply.body());
        }
        if (sent.path().equals("/ticks")) {
            return true;
        }
        JsonNode input = read(sent.body()).path("input");
        JsonNode result = read(reply.body()).path("result");
        return sent.path().startsWith("/vadder") ? result.asLong() == input.asLong() + 1 : result.equals(input);
    }

    private static JsonNode read(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
