package dev.sluice.benchmarks.fuzz;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * HTTP itself, in requests whose heads are changed, each on a connection of its own and followed by a right one that asks for the end:
 * the server has to reply, in HTTP, and to end the connection. That may take until it is tired of waiting, so that many wait at once.
 */
final class RawDoor implements Door {

    private static final int MOST_OPEN = 300;
    private static final int FAULT = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int NO_SUCH_VERSION = 505;

    private static final String LAST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final String name;
    private final URI server;
    private final List<HttpRequestText> valid;
    private final boolean mayReset;
    private final Deque<Sent> open = new ArrayDeque<>();

    /** @param mayReset whether it may end a connection on which what is no HTTP goes on, before the reply to that is read */
    private RawDoor(String name, URI server, List<HttpRequestText> valid, boolean mayReset) {
        this.mayReset = mayReset;
        this.name = name;
        this.server = server;
        this.valid = valid;
    }

    static RawDoor ofFrontend(URI frontend) {
        return new RawDoor(
                "heads of HTTP",
                frontend,
                List.of(
                        FuzzRun.VALID,
                        HttpRequestText.of("GET", "/vadder", "", "Accept: application/json"),
                        HttpRequestText.of("GET", "/ui/api/now", "", "Accept: application/json")),
                false);
    }

    static RawDoor ofRouter(URI router) {
        return new RawDoor(
                "heads of control API",
                router,
                List.of(
                        HttpRequestText.of(
                                "POST",
                                ControlRequests.ACTOR + "/scale",
                                "{\"min\": 0, \"max\": 2}",
                                "Content-Type: application/json"),
                        ControlRequests.look(),
                        ControlRequests.hosts()),
                true);
    }

    private record Sent(byte[] text, Socket over) {

        @Override
        public String toString() {
            return new String(text, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void send(Changes changes, Tally tally) throws Wrong {
        byte[] text = Heads.changed(changes.oneOf(valid), server.getAuthority(), changes);
        try {
            Socket over = new Socket(server.getHost(), server.getPort());
            over.setSoTimeout((int) HttpWire.PATIENCE.toMillis());
            over.setTcpNoDelay(true);
            open.add(new Sent(text, over));
            over.getOutputStream().write(text);
            if (!asksForTheEnd(text)) {
                over.getOutputStream().write(Changes.utf8(LAST));
            }
        } catch (IOException ended) {
            // Of the beginning it may be clear already that it is no HTTP; the reply to that is there to be read.
        }
        if (open.size() >= MOST_OPEN) {
            judge(open.remove(), tally);
        }
    }

    /** Behind such a one a client may send no other (RFC 9112, 9.6): the reset that this makes can cost it the reply. */
    private static boolean asksForTheEnd(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains("connection: close");
    }

    private void judge(Sent sent, Tally tally) throws Wrong {
        try (Socket over = sent.over) {
            judge(over.getInputStream(), tally);
        } catch (SocketException reset) {
            if (!mayReset) {
                throw new Wrong(String.valueOf(reset.getMessage())).to(sent);
            }
            tally.refused();
        } catch (SocketTimeoutException hangs) {
            throw new Wrong("the connection does not end within " + HttpWire.PATIENCE.toSeconds() + " s").to(sent);
        } catch (IOException broken) {
            throw new Wrong(String.valueOf(broken.getMessage())).to(sent);
        } catch (Wrong wrong) {
            throw wrong.to(sent);
        }
    }

    private static void judge(InputStream connection, Tally tally) throws IOException, Wrong {
        BufferedInputStream in = new BufferedInputStream(connection);
        ReplyReader replies = new ReplyReader(in, false);
        boolean refused = false;
        int count = 0;
        for (in.mark(1); in.read() >= 0; in.mark(1)) {
            in.reset();
            Reply reply = replies.read("");
            count++;
            refused |= reply.status() >= 400;
            mustBeRight(reply, tally);
        }
        if (count == 0) {
            throw new EOFException("the connection ended without a reply");
        }
        if (refused) {
            tally.refused();
        } else {
            tally.answered();
        }
    }

    private static void mustBeRight(Reply reply, Tally tally) throws Wrong {
        if (reply.isAnswerToQuery()) {
            tally.query();
            if (reply.json().path("result").asLong(0) != FuzzRun.RESULT) {
                throw new Wrong("a wrong result: " + reply);
            }
        }
        boolean honest = reply.status() == NOT_IMPLEMENTED || reply.status() == NO_SUCH_VERSION;
        if (reply.status() >= FAULT && !honest) {
            throw new Wrong("the server's fault: " + reply);
        }
    }

    @Override
    public void finish(Tally tally) {
        while (!open.isEmpty()) {
            try {
                judge(open.remove(), tally);
            } catch (Wrong wrong) {
                tally.wrong(String.valueOf(wrong.getMessage()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Sent sent : open) {
            sent.over.close();
        }
    }
}
