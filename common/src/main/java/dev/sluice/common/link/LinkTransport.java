package dev.sluice.common.link;

import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/**
 * What connections to routers are made over. Asked for each connection, so that what it goes by may change meanwhile; fails where
 * none can be made at the moment, with a message that says why.
 */
public interface LinkTransport {

    /** The network can read what is sent, and the cluster secret alone proves who sends it. */
    LinkTransport CLEARTEXT = new LinkTransport() {

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public HttpClient http1(HttpClient client) {
            return client.protocol(HttpProtocol.HTTP11);
        }

        @Override
        public HttpClient http2(HttpClient client) {
            return client.protocol(HttpProtocol.H2C);
        }
    };

    /** Of the addresses of routers. */
    String scheme();

    /** A client that speaks HTTP/1.1 over this. */
    HttpClient http1(HttpClient client);

    /** A client that speaks HTTP/2 over this. */
    HttpClient http2(HttpClient client);
}
