package dev.sluice.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * What a load generator sends over and over, and what must come back each time.
 *
 * @param address of the server
 * @param request a whole HTTP/1.1 request, head and body
 * @param check of the body of each reply
 */
public record Exchange(InetSocketAddress address, byte[] request, BodyCheck check) {

    /** @param expectedBody the body of a right reply, to the byte */
    public Exchange(InetSocketAddress address, byte[] request, byte[] expectedBody) {
        this(
                address,
                request,
                (reply, from, length) ->
                        Arrays.equals(reply, from, from + length, expectedBody, 0, expectedBody.length));
    }
}
