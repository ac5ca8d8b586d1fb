package dev.sluice.benchmarks.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole requests in whose heads something is changed: method, version, names of headers, and all that says where a request ends. So one
 * request may become two, or half of one.
 */
final class Heads {

    private static final List<String> METHODS = List.of(
            "GET", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "PRI", "", "G\u0000T", "POST POST");
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1", "HTTP/", "HTTP/1.1 HTTP/1.1", "");
    private static final List<String> LENGTHS = List.of(
            "-1", "+5", "0x10", "5, 5", "5,6", "9223372036854775807", "99999999999999999999", "", "five", "0", "1");
    private static final List<String> LINES = List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding : chunked",
            "transfer-encoding: gzip",
            "Content-Length: 3",
            "Host: other",
            "Expect: 100-continue",
            "Expect: a miracle",
            "Connection: close",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "Upgrade: websocket",
            " folded",
            "no colon",
            ": no name",
            "X: \u0000",
            "X: " + "y".repeat(9_000));

    private Heads() {}

    static byte[] changed(HttpRequestText valid, String host, Changes changes) {
        List<String> lines = new ArrayList<>(List.of(
                new String(valid.bytes(host), StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0].split("\r\n")));
        byte[] body = valid.body();
        switch (changes.below(8)) {
            case 0 ->
                lines.set(
                        0,
                        method(changes, valid.method())
                                + lines.get(0).substring(valid.method().length()));
            case 1 -> lines.set(0, lines.get(0).replace("HTTP/1.1", changes.oneOf(VERSIONS)));
            case 2 -> rename(lines, changes);
            case 3 -> length(lines, changes, body.length);
            case 4 -> body = chunked(lines, changes, body);
            case 5 -> lines.add(1 + changes.below(lines.size()), changes.oneOf(LINES));
            case 6 -> lines.addAll(some(changes));
            default -> {
                // Whatever bytes, wherever.
                return joined(changes.bytes(Changes.latin(String.join("\r\n", lines) + "\r\n\r\n")), body);
            }
        }
        String end = changes.once(10) ? "\n" : "\r\n";
        return joined(Changes.latin(String.join(end, lines) + end + end), body);
    }

    private static String method(Changes changes, String valid) {
        return changes.once(2) ? changes.oneOf(METHODS) : changes.token(valid);
    }

    private static void rename(List<String> lines, Changes changes) {
        int at = 1 + changes.below(lines.size() - 1);
        int colon = lines.get(at).indexOf(':');
        String name = lines.get(at).substring(0, colon);
        lines.set(
                at,
                new String(changes.bytes(Changes.utf8(name)), StandardCharsets.ISO_8859_1)
                        + lines.get(at).substring(colon));
    }

    private static void length(List<String> lines, Changes changes, int right) {
        String other =
                changes.once(2) ? changes.oneOf(LENGTHS) : Integer.toString(Math.max(0, right - 3 + changes.below(60)));
        if (!changes.once(3)) {
            lines.removeIf(line -> line.startsWith("Content-Length:"));
        }
        lines.add("Content-Length: " + other);
    }

    /** In chunks, of which one may lie about its length, and the old length may still be there. */
    private static byte[] chunked(List<String> lines, Changes changes, byte[] body) {
        if (!changes.once(3)) {
            lines.removeIf(line -> line.startsWith("Content-Length:"));
        }
        lines.add("Transfer-Encoding: chunked");
        int at = changes.below(body.length + 1);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String chunks = chunk(text.substring(0, at)) + chunk(text.substring(at)) + "0\r\n\r\n";
        return changes.once(3) ? Changes.latin(chunks) : changes.bytes(Changes.latin(chunks));
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static List<String> some(Changes changes) {
        List<String> lines = new ArrayList<>();
        for (int left = changes.below(400); left > 0; left--) {
            lines.add("X-" + left + ": " + changes.line("some value"));
        }
        return lines;
    }

    private static byte[] joined(byte[] head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }
}
