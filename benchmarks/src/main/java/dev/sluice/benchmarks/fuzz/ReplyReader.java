package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads replies from a connection, one after the other, and takes nothing for one that is none. */
final class ReplyReader {

    /** The version is that of the request, whatever that was. */
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9]\\.[0-9] ([1-5][0-9]{2})( .*)?");

    private static final String EVENT_END = "\n\n";

    private final InputStream in;
    private final boolean wholeStreams;

    /** @param wholeStreams whether streams of events end; of others the first event is read, or the first sign of life before it */
    ReplyReader(InputStream in, boolean wholeStreams) {
        this.in = in;
        this.wholeStreams = wholeStreams;
    }

    /**
     * The next one, without those that only say that one will come.
     *
     * @param method of the request
     * @throws EOFException where the connection ends within it
     */
    Reply read(String method) throws IOException, Wrong {
        while (true) {
            int status = status(line());
            Map<String, String> headers = headers();
            if (status >= 200) {
                boolean empty = status == 204 || status == 304 || method.equals("HEAD");
                return new Reply(status, headers, empty ? new byte[0] : body(headers));
            }
        }
    }

    private static int status(String line) throws Wrong {
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new Wrong("no HTTP: " + line);
        }
        return Integer.parseInt(status.group(1));
    }

    private Map<String, String> headers() throws IOException, Wrong {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new Wrong("no header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException, Wrong {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(Reply.isEvents(headers) && !wholeStreams);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in.readAllBytes();
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunks(boolean oneEvent) throws IOException, Wrong {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            body.writeBytes(exactly(length));
            if (!line().isEmpty()) {
                throw new Wrong("a chunk is longer than it says");
            }
            if (oneEvent && body.toString(StandardCharsets.UTF_8).contains(EVENT_END)) {
                return body.toByteArray();
            }
        }
        if (!line().isEmpty()) {
            throw new Wrong("a trailer, of which nothing was said");
        }
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within a reply");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n') {
            if (b < 0) {
                throw new EOFException(
                        line.size() == 0 ? "the connection ended without a reply" : "it ended within a reply");
            }
            line.write(b);
            b = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
