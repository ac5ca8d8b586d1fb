package dev.sluice.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

    private static final String REPLY = "HTTP/1.1 404 Not Found\r\nA: b\r\nContent-Length: 3\r\nC: d\r\n\r\nabc";

    private final ReplyParser parser = new ReplyParser();

    @Test
    void findsStatusAndBody() {
        assertThat(parse(REPLY + "more")).isEqualTo(REPLY.length());
        assertThat(parser.status()).isEqualTo(404);
        assertThat(REPLY.substring(parser.bodyStart(), parser.bodyStart() + parser.bodyLength()))
                .isEqualTo("abc");
    }

    @Test
    void waitsForTheRestWhereverItIsCut() {
        for (int length = 0; length < REPLY.length(); length++) {
            assertThat(parser.parse(REPLY.getBytes(US_ASCII), length))
                    .as("the first %d bytes", length)
                    .isEqualTo(ReplyParser.INCOMPLETE);
        }
    }

    @Test
    void understandsAnEmptyBody() {
        String reply = "HTTP/1.1 204 No Content\r\ncontent-length:0\r\n\r\n";
        assertThat(parse(reply)).isEqualTo(reply.length());
        assertThat(parser.bodyLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3 apples\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void refusesWhatHasNoLengthItUnderstands(String reply) {
        assertThat(parse(reply)).isEqualTo(ReplyParser.MALFORMED);
    }

    private int parse(String reply) {
        return parser.parse(reply.getBytes(US_ASCII), reply.length());
    }
}
