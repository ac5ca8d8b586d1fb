package dev.sluice.frontend.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever kind of buffer a message is in. */
class MessageReaderTest {

    private static final MessageReader ALL =
            new MessageReader("The message", "{\"input\": 1}", EnumSet.allOf(Member.class));

    static Stream<Function<byte[], ByteBuf>> buffers() {
        return Stream.of(
                Unpooled::wrappedBuffer,
                bytes -> Unpooled.wrappedBuffer(("before" + text(bytes) + "after").getBytes(StandardCharsets.UTF_8))
                        .slice(6, bytes.length),
                bytes -> Unpooled.wrappedBuffer(("before" + text(bytes)).getBytes(StandardCharsets.UTF_8))
                        .readerIndex(6),
                bytes -> Unpooled.directBuffer().writeInt(7).writeBytes(bytes).readerIndex(4),
                bytes -> ByteBufAllocator.DEFAULT
                        .compositeBuffer(9)
                        .addComponent(true, Unpooled.wrappedBuffer(bytes, 0, bytes.length / 2))
                        .addComponent(
                                true,
                                Unpooled.wrappedBuffer(bytes, bytes.length / 2, bytes.length - bytes.length / 2)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void findsTheInputBetweenOtherMembers(Function<byte[], ByteBuf> buffer) {
        String[] inputs = {
            "1", "-1.5e3", "\"é漢\\u00e9 \\\"q\\\"\"", "null", "true", "[1, [2]]", "{\"input\": {\"id\": 1}}", "\"\""
        };
        String[] shapes = {
            "{\"input\":%s}",
            " { \"input\" : %s } ",
            "{\"id\": \"a\", \"input\": %s , \"slo_ms\": 5}",
            "{\"input\":%s,\"id\":\"a\"}\n",
            "\uFEFF{\"id\": \"é\", \"input\": %s}".replace("é", "e"),
        };
        for (String shape : shapes) {
            for (String input : inputs) {
                ByteBuf bytes = buffer.apply(String.format(shape, input).getBytes(StandardCharsets.UTF_8));
                int start = bytes.readerIndex();
                Message.Span span = ALL.read(bytes).input();
                assertThat(bytes.toString(span.start(), span.length(), StandardCharsets.UTF_8))
                        .as(shape)
                        .isEqualTo(input);
                assertThat(bytes.readerIndex()).isEqualTo(start);
                bytes.release();
            }
        }
    }

    @Test
    void readsAllMembers() {
        Message message = read(
                "{\"actor\": \"a\", \"method\": \"m\", \"id\": \"i\", \"slo_ms\": 2.5, \"priority\": 7,"
                        + " \"version\": \"3\", \"tenant\": \"t\", \"media_type\": \"x/y; z=1\", \"stream\": true, \"cancel\": false}");
        assertThat(message)
                .isEqualTo(new Message(
                        "a", "m", "i", null, new CallOptions(2_500_000, 7, "3", "t", "x/y; z=1"), true, false));
    }

    @Test
    void takesNullForLeftOut() {
        Message nulls = read("{\"actor\": null, \"id\": null, \"slo_ms\": null, \"priority\": null, \"stream\": null,"
                + " \"cancel\": null, \"media_type\": null}");
        assertThat(nulls).isEqualTo(read("{}"));
        assertThat(nulls.input()).isNull();
        assertThat(nulls.stream()).isNull();
    }

    /** What tells of a trace is for others to look at: no query fails for it. */
    @Test
    void takesATraceThatIsNoneForLeftOut() {
        assertThat(read("{\"traceparent\": 5, \"tracestate\": [{\"a\": 1}], \"id\": \"i\"}"))
                .isEqualTo(read("{\"traceparent\": \"none\", \"tracestate\": {}, \"id\": \"i\"}"))
                .isEqualTo(read("{\"id\": \"i\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "[] | must be a JSON object",
                "{\"x\": 1} | not known; the message has actor, method, input",
                "{\"input\": 1, \"input\": 2} | twice",
                "{\"input\": [1} | not valid JSON",
                "{\"input\": 1 | not valid JSON",
                "{\"input\": \"a | not valid JSON",
                "{} [] | something follows",
                "{\"slo_ms\": true} | number of milliseconds",
                "{\"slo_ms\": NaN} | not valid JSON",
                "{\"priority\": 99999999999} | whole number",
                "{\"priority\": -1} | between 0",
                "{\"id\": \"\"} | printable ASCII",
                "{\"tenant\": \"é\"} | printable ASCII",
                "{\"cancel\": \"yes\"} | true or false",
                "{\"media_type\": \"é\"} | media_type",
            })
    void saysWhatIsWrong(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesOtherEncodingsAndDeepNesting() {
        assertThatThrownBy(() -> ALL.read(Unpooled.wrappedBuffer("{}".getBytes(StandardCharsets.UTF_16BE))))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> read("{\"input\": " + "[".repeat(600) + "]".repeat(600) + "}"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("500");
    }

    @Test
    void refusesAMemberThatItsProtocolHasNot() {
        MessageReader header = new MessageReader("The header", "{}", EnumSet.of(Member.ID, Member.CANCEL));
        assertThatThrownBy(() -> header.read(Unpooled.copiedBuffer("{\"input\": 1}", StandardCharsets.UTF_8)))
                .hasMessage("The member input is not known; the header has id, cancel.");
    }

    private static Message read(String json) {
        return ALL.read(Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    }
}
