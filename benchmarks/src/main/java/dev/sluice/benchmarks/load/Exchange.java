package dev.sluice.benchmarks.load;

import java.net.InetSocketAddress;

/**
 * What a load generator sends over and over, and what must come back each time.
 *
 * @param address of the server
 * @param request a whole HTTP/1.1 request, head and body
 * @param expectedBody the body of a right reply, to the byte
 */
public record Exchange(InetSocketAddress address, byte[] request, byte[] expectedBody) {}
