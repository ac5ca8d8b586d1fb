package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import dev.sluice.benchmarks.fuzz.HttpWire.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What the page of a frontend asks for. */
final class PageDoor implements Door {

    private static final String ACCEPT = "Accept: application/json";

    private final HttpWire wire;
    private final List<HttpRequestText> valid;

    PageDoor(URI frontend) {
        wire = new HttpWire(frontend);
        String origin = "Origin: http://" + frontend.getAuthority();
        valid = List.of(
                HttpRequestText.of("GET", "/ui/api/now", "", ACCEPT, origin),
                HttpRequestText.of("GET", "/ui/api/queries/3c1f8e0a5d2b7946000004d2", "", ACCEPT, origin),
                HttpRequestText.of(
                        "GET", "/ui/api/stream", "", "Accept: text/event-stream", "Last-Event-ID: 7", origin),
                HttpRequestText.of(
                        "GET", "/ui/index.html", "", "Accept: text/html", "If-Modified-Since: Thu, 01 Jan 1970"));
    }

    @Override
    public String name() {
        return "page's API";
    }

    @Override
    public Became send(Changes changes) throws IOException, Wrong {
        HttpRequestText sent = changes.oneOf(valid);
        if (!changes.once(10)) {
            sent = sent.changed(changes);
        }
        try {
            Reply reply = wire.ask(sent);
            if (reply.status() < 400) {
                return Became.ANSWERED;
            }
            if (sent.change() == Change.NONE) {
                throw new Wrong("a valid request was refused: " + reply.status() + " " + reply.text());
            }
            Problems.mustBeOne(sent, reply);
            return Became.REFUSED;
        } catch (Wrong wrong) {
            throw new Wrong(wrong.getMessage() + "\nto:\n" + sent);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
