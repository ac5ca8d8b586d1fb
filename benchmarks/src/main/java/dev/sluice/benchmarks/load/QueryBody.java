package dev.sluice.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What is posted: JSON in which {@code {slo_ms}} stands for the SLO of the query, where it is at all. */
public record QueryBody(String template) {

    public static final QueryBody SLUICE = new QueryBody("{\"input\":1,\"slo_ms\":{slo_ms}}");

    /** A whole HTTP/1.1 request. */
    public byte[] request(URI url, int sloMillis) {
        String body = template.replace("{slo_ms}", Integer.toString(sloMillis));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String head = "POST " + path + " HTTP/1.1\r\n"
                + "Host: " + url.getAuthority() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        byte[] request = new byte[head.length() + bytes.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(bytes, 0, request, head.length(), bytes.length);
        return request;
    }
}
