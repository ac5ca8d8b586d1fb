package dev.sluice.frontend.http.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10",
                "-1.5e3",
                "0",
                "true",
                "false",
                "null",
                "\"\"",
                "\"a b\"",
                "\"\\u00e9\\\"\\\\ é 漢 😀\"",
                "[]",
                "{}",
                "[1, 2 , 3]",
                "{\"a\": {\"b\": [1, {\"c\": \"}\"}]}}",
                "{\"input\": 1, \"slo_ms\": -1}",
                "\"  spaces inside  \""
            })
    void findsTheInputsExactBytes(String input) {
        for (String before : List.of("", " ", "\n\t ", "\"slo_ms\": 5, ", "\"id\":\"x\",")) {
            for (String after : List.of(
                    "", " ", "\r\n", ", \"priority\": 3", "  ,\n\"slo_ms\"\t:7e2", ",\"priority\":3,\"id\":\"y\"")) {
                if (before.contains("slo_ms") && after.contains("slo_ms")
                        || before.contains("id") && after.contains("id")) {
                    continue;
                }
                assertThat(inputOf("{" + before + "\"input\":" + input + after + "}"))
                        .isEqualTo(input);
                assertThat(inputOf(" {" + before + "\"input\" : \n " + input + after + "} \n"))
                        .isEqualTo(input);
            }
        }
    }

    @Test
    void findsTheInputWhereverTheBodyIsSplit() {
        byte[] body = utf8("{ \"id\": \"q\", \"input\" : [\"é漢😀\", {\"k\": -1.25e-3}] , \"slo_ms\": 12.5 }");
        for (int split = 0; split <= body.length; split++) {
            CompositeByteBuf parts = Unpooled.compositeBuffer()
                    .addComponent(true, Unpooled.directBuffer().writeBytes(body, 0, split))
                    .addComponent(true, Unpooled.copiedBuffer(body, split, body.length - split));
            Envelope envelope = EnvelopeReader.read(parts);
            assertThat(text(parts, envelope)).isEqualTo("[\"é漢😀\", {\"k\": -1.25e-3}]");
            assertThat(envelope.sloNanos()).isEqualTo(12_500_000);
            assertThat(envelope.id()).isEqualTo("q");
            parts.release();
        }
    }

    @Test
    void findsTheInputAroundTheParsersOwnBufferEdges() {
        for (int length = 7_900; length < 8_100; length++) {
            String input = "\"" + "x".repeat(length) + "\"";
            assertThat(inputOf("{\"input\": " + input + " , \"slo_ms\": 5}")).isEqualTo(input);
            String list = "[" + "1,".repeat(length / 2) + "1]";
            assertThat(inputOf("{\"slo_ms\": 5,\"input\":" + list + "}")).isEqualTo(list);
        }
    }

    @Test
    void findsSeededRandomInputs() {
        Random random = new Random(20190815);
        for (int round = 0; round < 3_000; round++) {
            String input = JsonTexts.value(random, 4);
            String body = JsonTexts.space(random) + "{" + JsonTexts.space(random) + "\"input\""
                    + JsonTexts.space(random) + ":"
                    + JsonTexts.space(random) + input + JsonTexts.space(random)
                    + (random.nextBoolean() ? ",\"slo_ms\":" + JsonTexts.space(random) + "100" : "") + "}";
            assertThat(inputOf(body)).isEqualTo(input);
        }
    }

    @Test
    void respectsTheBuffersReaderIndex() {
        ByteBuf body = Unpooled.copiedBuffer("junk{\"input\": 7}", StandardCharsets.UTF_8)
                .skipBytes(4);
        assertThat(text(body, EnvelopeReader.read(body))).isEqualTo("7");
        assertThat(body.readerIndex()).isEqualTo(4);
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(inputOf("\uFEFF{\"input\": 7}")).isEqualTo("7");
    }

    @Test
    void knowsAMemberByItsMeaningNotItsSpelling() {
        assertThat(inputOf("{\"\\u0069nput\": 7}")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000000000",
        "0.5, 500000",
        "1e3, 1000000000",
        "1e-9, 1",
        "0.0000000001, 1",
        "86400000, 86400000000000",
        "86400001, 86400000000000",
        "1e300, 86400000000000",
        "1e999, 86400000000000",
        "99999999999999999999999999999999, 86400000000000"
    })
    void readsAnSloAndBoundsIt(String slo, long nanos) {
        assertThat(read("{\"input\": 1, \"slo_ms\": " + slo + "}").sloNanos()).isEqualTo(nanos);
    }

    @Test
    void boundsAnSloByADay() {
        assertThat(QueryOptions.MAX_SLO_NANOS).isEqualTo(TimeUnit.HOURS.toNanos(24));
    }

    @Test
    void takesNullForAbsent() {
        Envelope envelope =
                read("{\"input\": null, \"slo_ms\": null, \"priority\": null, \"version\": null, \"id\": null}");
        assertThat(envelope.sloNanos()).isZero();
        assertThat(envelope.priority()).isZero();
        assertThat(envelope.version()).isNull();
        assertThat(envelope.id()).isNull();
        assertThat(envelope.inputLength()).isEqualTo(4);
    }

    @Test
    void takesAnIdOf128Characters() {
        String id = "~".repeat(128);
        assertThat(read("{\"input\": 1, \"id\": \"" + id + "\"}").id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"slo_ms\": 5}|input is missing",
                "{}|input is missing",
                "[1]|must be a JSON object",
                "10|must be a JSON object",
                "\"input\"|must be a JSON object",
                "{\"input\": 1, \"input\": 2}|input is there twice",
                "{\"input\": 1, \"\\u0069nput\": 2}|input is there twice",
                "{\"input\": 1, \"slo_ms\": 5, \"slo_ms\": 5}|slo_ms is there twice",
                "{\"input\": 1, \"inptu\": 2}|inptu is not known",
                "{\"input\": 1} x|not valid JSON",
                "{\"input\": 1}{}|something follows",
                "{\"input\": 1} 5|something follows",
                "{\"input\": 1, \"slo_ms\": 0}|greater than 0",
                "{\"input\": 1, \"slo_ms\": -5}|greater than 0",
                "{\"input\": 1, \"slo_ms\": -0.0}|greater than 0",
                "{\"input\": 1, \"slo_ms\": 1e-999}|greater than 0",
                "{\"input\": 1, \"slo_ms\": \"5\"}|must be a number",
                "{\"input\": 1, \"slo_ms\": true}|must be a number",
                "{\"input\": 1, \"slo_ms\": [5]}|must be a number",
                "{\"input\": 1, \"slo_ms\": {}}|must be a number",
                "{\"input\": 1, \"slo_ms\": NaN}|not valid JSON",
                "{\"input\": 1, \"slo_ms\": Infinity}|not valid JSON",
                "{\"input\": 1, \"version\": 2}|version must be a string",
                "{\"input\": 1, \"version\": \"\"}|A version is empty",
                "{\"input\": 1, \"version\": \"a/b\"}|version is not a version's name",
                "{\"input\": 1, \"version\": \"1\", \"version\": \"1\"}|version is there twice",
                "{\"input\": 1, \"priority\": -1}|between 0",
                "{\"input\": 1, \"priority\": 256}|between 0",
                "{\"input\": 1, \"priority\": 99999999999999999999}|between 0",
                "{\"input\": 1, \"priority\": 1.5}|between 0",
                "{\"input\": 1, \"priority\": \"1\"}|between 0",
                "{\"input\": 1, \"id\": 5}|must be a string",
                "{\"input\": 1, \"id\": \"\"}|printable ASCII",
                "{\"input\": 1, \"id\": \"a b\"}|printable ASCII",
                "{\"input\": 1, \"id\": \"é\"}|printable ASCII",
                "{\"input\": 1, \"id\": \"a\\nb\"}|printable ASCII"
            })
    void saysWhatIsWrong(String body, String sentence) {
        assertInvalid(utf8(body)).hasMessageContaining(sentence);
    }

    @Test
    void keepsTheParsersAdviceToProgrammersToItself() {
        assertInvalid(utf8("{\"input\": NaN}"))
                .hasMessageContaining("'NaN' (line 1")
                .hasMessageNotContaining("enable");
    }

    @Test
    void refusesALongId() {
        assertInvalid(utf8("{\"input\": 1, \"id\": \"" + "x".repeat(129) + "\"}"))
                .hasMessageContaining("1 to 128");
    }

    @Test
    void shortensWhatItRepeats() {
        QueryException e = refusal(utf8("{\"input\": 1, \"" + "k".repeat(10_000) + "\": 2}"));
        assertThat(e.failure().message()).hasSizeLessThan(200);
    }

    @Test
    void refusesANestingBombWithoutAStackOverflow() {
        for (String open : List.of("[", "{\"a\":")) {
            assertInvalid(utf8("{\"input\": " + open.repeat(100_000))).hasMessageContaining("exceeds a limit");
            assertInvalid(utf8(open.repeat(100_000))).isNotNull();
        }
        assertThat(inputOf("{\"input\": " + "[".repeat(499) + "]".repeat(499) + "}"))
                .hasSize(998);
    }

    @Test
    void refusesOtherEncodings() {
        String body = "{\"input\": 1}";
        assertInvalid(body.getBytes(StandardCharsets.UTF_16)).hasMessageContaining("UTF-8");
        assertInvalid(body.getBytes(StandardCharsets.UTF_16LE)).hasMessageContaining("UTF-8");
        assertInvalid(body.getBytes(StandardCharsets.UTF_16BE)).hasMessageContaining("UTF-8");
        assertInvalid(body.getBytes(java.nio.charset.Charset.forName("UTF-32"))).hasMessageContaining("UTF-8");
        assertInvalid("{\"input\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void refusesEverySeededDamage() {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] body = utf8("{\"input\": " + JsonTexts.value(random, 3) + ", \"slo_ms\": 12.5, \"priority\": 2}");
            byte[] damaged = JsonTexts.damage(random, body);
            try {
                Envelope envelope = EnvelopeReader.read(Unpooled.wrappedBuffer(damaged));
                // what still reads as an envelope has an input that is JSON by itself
                String input = text(Unpooled.wrappedBuffer(damaged), envelope);
                assertThat(inputOf("{\"input\": " + input + "}")).isEqualTo(input);
            } catch (QueryException e) {
                refused++;
                assertThat(e.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT);
                assertThat(e.failure().message()).endsWith(".").hasSizeLessThan(600);
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] body = utf8("{\"input\": [1, \"é\", {\"a\": null}], \"slo_ms\": 12.5, \"id\": \"x\"}");
        for (int length = 0; length < body.length; length++) {
            assertInvalid(java.util.Arrays.copyOf(body, length)).isNotNull();
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertInvalid(byte[] body) {
        return assertThatThrownBy(() -> EnvelopeReader.read(Unpooled.wrappedBuffer(body)))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT));
    }

    private static QueryException refusal(byte[] body) {
        return catchThrowableOfType(QueryException.class, () -> EnvelopeReader.read(Unpooled.wrappedBuffer(body)));
    }

    private static Envelope read(String body) {
        return EnvelopeReader.read(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    private static String inputOf(String body) {
        ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        return text(bytes, EnvelopeReader.read(bytes));
    }

    private static String text(ByteBuf body, Envelope envelope) {
        return body.toString(envelope.inputStart(), envelope.inputLength(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
