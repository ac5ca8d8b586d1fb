package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Native HTTP of a frontend, through to actors that give back what they got, or one more, or count up to it. */
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

    /** Whatever may be read as one, wherever: to be told that it was too short is right then. */
    private static final Pattern SLO =
            Pattern.compile("(?:slo_ms\"\\s*:\\s*|(?i:sluice-slo-ms:)\\s*)(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)");

    /** In this time all that is asked for here is done, also while much else is going on. */
    private static final double LONG_MILLIS = 1_000;

    private final HttpWire wire;

    QueryDoor(URI frontend) {
        wire = new HttpWire(frontend);
    }

    @Override
    public String name() {
        return "native HTTP";
    }

    @Override
    public void send(Changes changes, Tally tally) throws Wrong {
        HttpRequestText valid = changes.oneOf(VALID);
        HttpRequestText sent = changes.once(10) ? valid : valid.changed(changes);
        try {
            Reply reply = wire.ask(sent);
            if (reply.isAnswerToQuery()) {
                tally.query();
            }
            judge(valid, sent, reply, tally);
        } catch (Wrong wrong) {
            throw wrong.to(sent);
        }
    }

    private static void judge(HttpRequestText valid, HttpRequestText sent, Reply reply, Tally tally) throws Wrong {
        if (reply.isOk()) {
            QueryAnswers.mustBeRight(valid, sent, reply);
            tally.answered();
        } else if (sent.change() == Change.NONE) {
            throw new Wrong("a valid request was refused: " + reply);
        } else {
            Problems.mustBeOne(reply, excuses(sent));
            tally.refused();
        }
    }

    static Set<String> excuses(HttpRequestText sent) {
        Set<String> codes = new HashSet<>();
        if (sent.path().startsWith("/ticks")) {
            // Counts to a thousand at most, and throws where it is asked for more.
            codes.add("FAILED");
        }
        Matcher slo = SLO.matcher(sent.toString());
        while (slo.find()) {
            if (isShort(slo.group(1))) {
                // The last where it was not even sent to the router by then.
                codes.addAll(Set.of("EXPIRED", "UNMEETABLE", "OVERLOADED"));
            }
        }
        return codes;
    }

    private static boolean isShort(String millis) {
        try {
            return Double.parseDouble(millis) < LONG_MILLIS;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
