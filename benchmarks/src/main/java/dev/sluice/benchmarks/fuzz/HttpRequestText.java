package dev.sluice.benchmarks.fuzz;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request, whose parts can be changed without changing where they begin: so each is one whole request, and has to have one reply.
 *
 * @param headers beside Host and Content-Length
 */
record HttpRequestText(String method, String path, List<String> headers, byte[] body, Change change) {

    /** What is not as it should be; a result cannot be foretold where it is the path or the type of the body. */
    enum Change {
        NONE,
        BODY,
        HEADER,
        PATH
    }

    static HttpRequestText of(String method, String path, String body, String... headers) {
        return new HttpRequestText(method, path, List.of(headers), Changes.utf8(body), Change.NONE);
    }

    boolean isJson() {
        return headers.stream().anyMatch(header -> header.equals("Content-Type: application/json"));
    }

    /** What it says of its body; empty where it says nothing. */
    String type() {
        return headers.stream()
                .filter(header -> header.startsWith("Content-Type:"))
                .findFirst()
                .orElse("");
    }

    HttpRequestText with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new HttpRequestText(method, path, List.copyOf(more), body, change);
    }

    /** Whether what it asks for can be an address at all. */
    boolean hasAddress() {
        try {
            return new URI(path).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    HttpRequestText changed(Changes changes) {
        if (changes.once(10) || body.length == 0 && changes.once(2)) {
            return new HttpRequestText(method, "/" + changes.line(path.substring(1)), headers, body, Change.PATH);
        }
        if (!headers.isEmpty() && (changes.once(6) || body.length == 0)) {
            List<String> others = new ArrayList<>(headers);
            int at = changes.below(others.size());
            int colon = others.get(at).indexOf(':');
            String name = others.get(at).substring(0, colon);
            String value = others.get(at).substring(colon + 1);
            others.set(at, changes.once(4) ? changes.token(name) + ":" + value : name + ": " + changes.line(value));
            return new HttpRequestText(method, path, others, body, Change.HEADER);
        }
        byte[] other = isJson() ? changes.json(new String(body, StandardCharsets.UTF_8)) : changes.bytes(body);
        return new HttpRequestText(method, path, headers, other, Change.BODY);
    }

    byte[] bytes(String host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 || !method.toUpperCase(Locale.ROOT).equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        bytes.writeBytes(Changes.utf8(head.append("\r\n").toString()));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return new String(bytes("h"), StandardCharsets.ISO_8859_1);
    }
}
