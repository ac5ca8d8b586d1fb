package dev.sluice.sdk.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InputReaderTest {

    private final Codecs codecs = new Codecs(UnpooledByteBufAllocator.DEFAULT);
    private final List<ByteBuf> buffers = new ArrayList<>();

    record Point(int x, double y, String label) {
        Point {
            if (x < 0) {
                throw new IllegalArgumentException("x is negative");
            }
        }
    }

    record Line(Point from, Point[] via, Optional<Point> to) {}

    enum Colour {
        RED,
        GREEN
    }

    @AfterEach
    void bodiesAreReadAndLeftAlone() {
        for (ByteBuf buffer : buffers) {
            assertThat(buffer.refCnt()).isEqualTo(1);
            assertThat(buffer.readerIndex()).isEqualTo(1);
            buffer.release();
        }
    }

    /** Direct, and not at index 0, as slices of a receive buffer are. */
    private ByteBuf body(byte[] bytes) {
        ByteBuf body = Unpooled.directBuffer().writeByte('!').writeBytes(bytes);
        body.readByte();
        buffers.add(body);
        return body;
    }

    private Object json(Type type, String json) {
        InputReader reader = codecs.reader(type);
        Object direct = reader.read(body(json.getBytes(UTF_8)), "application/json");
        Object heap = reader.read(Unpooled.wrappedBuffer(json.getBytes(UTF_8)), "application/problem+json; v=1");
        assertThat(heap).isEqualTo(direct);
        return direct;
    }

    private QueryException refusal(Type type, String body, String mediaType) {
        try {
            Object value = codecs.reader(type).read(body(body.getBytes(UTF_8)), mediaType);
            throw new AssertionError("accepted as " + value);
        } catch (QueryException refused) {
            assertThat(refused.failure().code()).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(refused.failure().message()).endsWith(".").hasSizeLessThan(500);
            return refused;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {BigDecimal.class, double.class, long.class, Object.class})
    void numbersBeyondAllReckoningAreRefusedOrInfinite(Class<?> type) {
        String huge = "1e4009223372036854775808";
        if (type == Object.class) {
            assertThat(codecs.reader(type).read(body(huge.getBytes(UTF_8)), "application/json"))
                    .isEqualTo(Double.POSITIVE_INFINITY);
        } else {
            refusal(type, huge, "application/json");
        }
    }

    static List<Arguments> values() {
        return List.of(
                Arguments.of(long.class, "42", 42L),
                Arguments.of(long.class, " -7\n", -7L),
                Arguments.of(long.class, "0", 0L),
                Arguments.of(long.class, "-9223372036854775808", Long.MIN_VALUE),
                Arguments.of(Long.class, "null", null),
                Arguments.of(int.class, "-2147483648", Integer.MIN_VALUE),
                Arguments.of(short.class, "32767", Short.MAX_VALUE),
                Arguments.of(byte.class, "-128", Byte.MIN_VALUE),
                Arguments.of(double.class, "1", 1.0),
                Arguments.of(double.class, "-0.0", -0.0),
                Arguments.of(double.class, "1e-3", 0.001),
                Arguments.of(double.class, "\"NaN\"", Double.NaN),
                Arguments.of(double.class, "\"-Infinity\"", Double.NEGATIVE_INFINITY),
                Arguments.of(double.class, "1.7976931348623157e308", Double.MAX_VALUE),
                Arguments.of(float.class, "0.1", 0.1f),
                Arguments.of(boolean.class, "true", true),
                Arguments.of(Boolean.class, "null", null),
                Arguments.of(String.class, "\"plain\"", "plain"),
                Arguments.of(String.class, "\"gr\u00fc\u00df \\n \\\" \u20ac\"", "gr\u00fc\u00df \n \" \u20ac"),
                Arguments.of(String.class, "\"\"", ""),
                Arguments.of(String.class, "null", null),
                Arguments.of(BigDecimal.class, "1.10", new BigDecimal("1.10")),
                Arguments.of(Point.class, "{\"x\":1,\"y\":2.5,\"label\":\"a\"}", new Point(1, 2.5, "a")),
                Arguments.of(Point.class, "{\"y\":2,\"x\":1}", new Point(1, 2, null)),
                Arguments.of(Colour.class, "\"GREEN\"", Colour.GREEN),
                Arguments.of(Duration.class, "\"PT2S\"", Duration.ofSeconds(2)),
                Arguments.of(Object.class, "[1,{\"a\":null}]", Arrays.asList(1, mapOfNull())));
    }

    private static Map<String, Object> mapOfNull() {
        Map<String, Object> map = new HashMap<>();
        map.put("a", null);
        return map;
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsJson(Type type, String json, Object expected) {
        assertThat(json(type, json)).isEqualTo(expected);
    }

    @Test
    void readsTreesArraysListsAndNestedRecords() throws Exception {
        assertThat(json(JsonNode.class, "null")).hasToString("null");
        assertThat(json(JsonNode.class, "12345678901")).hasToString("12345678901");
        assertThat(((JsonNode) json(JsonNode.class, "7")).isInt()).isTrue();
        assertThat(json(JsonNode.class, "false")).hasToString("false");
        assertThat(json(JsonNode.class, "{\"a\":[1,2.5,\"x\"]}")).hasToString("{\"a\":[1,2.5,\"x\"]}");
        assertThat((long[]) json(long[].class, "[1,2]")).containsExactly(1, 2);
        assertThat((double[][]) json(double[][].class, "[[1],[],[2.5,3]]"))
                .isDeepEqualTo(new double[][] {{1}, {}, {2.5, 3}});
        assertThat((float[]) json(float[].class, rangeOf(40))).hasSize(40).endsWith(39f);
        assertThat(json(parameter("points"), "[{\"x\":1,\"y\":2}]")).isEqualTo(List.of(new Point(1, 2, null)));
        assertThat(json(parameter("byName"), "{\"a\":[1]}")).isEqualTo(Map.of("a", List.of(1L)));
        Line line = (Line) codecs.reader(Line.class)
                .read(body("{\"from\":{\"x\":1,\"y\":2},\"via\":[],\"to\":null}".getBytes(UTF_8)), "application/json");
        assertThat(line.from()).isEqualTo(new Point(1, 2, null));
        assertThat(line.to()).isEmpty();
    }

    @SuppressWarnings("unused")
    private static void points(List<Point> input) {}

    @SuppressWarnings("unused")
    private static void byName(Map<String, List<Long>> input) {}

    private static Type parameter(String method) {
        return Arrays.stream(InputReaderTest.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getGenericParameterTypes()[0];
    }

    private static String rangeOf(int size) {
        Object[] numbers = new Object[size];
        Arrays.setAll(numbers, i -> i);
        return Arrays.toString(numbers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "java.lang.Long|1.5|1.5",
                "java.lang.Long|3.0|3.0",
                "java.lang.Long|1e2|1e2",
                "java.lang.Long|\"1\"|String value (\"1\")",
                "java.lang.Long|9223372036854775808|out of range",
                "java.lang.Long|true|Boolean value",
                "java.lang.Long|[1]|Array value",
                "java.lang.Long|01|not valid JSON: Invalid numeric value: Leading zeroes",
                "java.lang.Long|-|not valid JSON",
                "java.lang.Long|1 2|Trailing token",
                "java.lang.Integer|2147483648|out of range",
                "java.lang.Short|32768|out of range",
                "java.lang.Byte|200|out of range of `byte`",
                "java.lang.Double|1e400|Numeric value (1e400) out of range of `double`",
                "java.lang.Double|\"1\"|String value",
                "java.lang.Double|1.|not valid JSON",
                "java.lang.Double|.5|not valid JSON",
                "java.lang.Double|01.5|not valid JSON",
                "java.lang.Float|1e39|out of range of `float`",
                "java.lang.Boolean|1|Integer value (1)",
                "java.lang.Boolean|\"true\"|String value",
                "java.lang.String|1|Integer value (1)",
                "java.lang.String|true|Boolean value",
                "java.lang.String|\"open|not valid JSON",
                "java.lang.String|\"a\"b\"|not valid JSON",
                "[D|[1,1e400]|at [1]: Numeric value (1e400) out of range",
                "[D|[1,null]|at [1]",
                "[D|5|Integer value",
                "[F|[1e39]|at [0]: Numeric value (1e39) out of range",
                "[F|[\"1\"]|at [0]",
                "[J|[1,2.5]|at [1]: Cannot coerce Floating-point value (2.5)",
                "tools.jackson.databind.JsonNode|{\"a\":|not valid JSON"
            })
    void refusesWhatIsNotExactlyTheType(Class<?> type, String json, String why) {
        assertThat(refusal(type, json, "application/json")).hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(classes = {long.class, int.class, short.class, byte.class, double.class, float.class, boolean.class})
    void refusesNullForPrimitives(Class<?> type) {
        assertThat(refusal(type, "null", "application/json"))
                .hasMessageContaining("Cannot map `null` into type `" + type);
    }

    @ParameterizedTest
    @ValueSource(classes = {long.class, String.class, JsonNode.class, Point.class, byte[].class, double[].class})
    void refusesAnEmptyBodyAsJson(Class<?> type) {
        assertThat(refusal(type, "", "application/json")).hasMessageContaining("The input is empty");
    }

    @Test
    void saysWhereInARecordSomethingIsWrong() {
        assertThat(refusal(Point.class, "{\"x\":1,\"y\":2,\"z\":3}", "application/json"))
                .hasMessage("The input is not a Point: at z: unknown property \"z\", known are [x, y, label].");
        assertThat(refusal(Line.class, "{\"via\":[{\"x\":0,\"y\":0},{\"x\":\"a\",\"y\":0}]}", "application/json"))
                .hasMessageContaining("at via[1].x: ")
                .hasMessageContaining("\"a\"");
        assertThat(refusal(Point.class, "{\"x\":1}", "application/json")).hasMessageContaining("at y: ");
        assertThat(refusal(Point.class, "{\"x\":-1,\"y\":0}", "application/json"))
                .hasMessage("The input is not a Point: x is negative.");
        assertThat(refusal(Colour.class, "\"BLUE\"", "application/json"))
                .hasMessageContaining("GREEN")
                .message()
                .doesNotContain("dev.sluice");
        assertThat(refusal(Colour.class, "1", "application/json")).hasMessageContaining("Colour");
    }

    @Test
    void neverAdvisesTheCallerToConfigureTheServer() {
        for (String json : List.of("1.5", "\"1\"", "null", "1 2", "[1]", "tru", "true")) {
            assertThat(refusal(long.class, json, "application/json"))
                    .message()
                    .doesNotContain("Feature")
                    .doesNotContain("Coercion")
                    .doesNotContain("JsonToken.START");
        }
    }

    @Test
    void survivesInputsMadeToHarm() {
        assertThat(refusal(JsonNode.class, "[".repeat(100_000), "application/json"))
                .hasMessageContaining("nesting depth");
        assertThat(refusal(long.class, "9".repeat(100_000), "application/json")).hasMessageContaining("umber");
        assertThat(json(String.class, '"' + "x".repeat(1_000_000) + '"'))
                .asString()
                .hasSize(1_000_000);
    }

    @Test
    void readsTextByItsCharacterSet() {
        InputReader reader = codecs.reader(String.class);
        String text = "gr\u00fc\u00df";

        assertThat(reader.read(body(text.getBytes(UTF_8)), "text/plain")).isEqualTo(text);
        assertThat(reader.read(body(text.getBytes(ISO_8859_1)), "Text/HTML; Charset=\"iso-8859-1\""))
                .isEqualTo(text);
        assertThat(reader.read(body(text.getBytes(UTF_16)), "text/csv;a=b;charset=utf-16"))
                .isEqualTo(text);
        assertThat(reader.read(body(new byte[0]), "text/plain")).isEqualTo("");
        assertThatThrownBy(() -> reader.read(body(text.getBytes(ISO_8859_1)), "text/plain"))
                .hasMessage("The input is not valid text in UTF-8.");
        assertThatThrownBy(() -> reader.read(body(text.getBytes(UTF_8)), "text/plain;charset=klingon"))
                .hasMessageContaining("klingon");
        assertThat(refusal(String.class, "x", "application/octet-stream")).hasMessageContaining("text/plain");
    }

    @Test
    void readsBytesAsTheyAreExceptFromJson() {
        InputReader bytes = codecs.reader(byte[].class);
        assertThat((byte[]) bytes.read(body(new byte[] {1, 2}), "image/png")).containsExactly(1, 2);
        assertThat((byte[]) bytes.read(body(new byte[0]), "")).isEmpty();
        assertThat((byte[]) bytes.read(body("\"AQI=\"".getBytes(UTF_8)), "application/json"))
                .containsExactly(1, 2);
        assertThat(refusal(byte[].class, "\"*\"", "application/json")).hasMessageContaining("base64");

        Content content = (Content) codecs.reader(Content.class).read(body("{ }".getBytes(UTF_8)), "application/json");
        assertThat(content.bytes()).asString().isEqualTo("{ }");
        assertThat(content.mediaType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "text/plain", "", ";", "jsonish", "application/jsonx"})
    void refusesOtherMediaTypesWhereJsonIsNeeded(String mediaType) {
        assertThat(refusal(long.class, "1", mediaType))
                .hasMessage("The input is a long, written as application/json; it came as \"" + mediaType + "\".");
    }

    @Test
    void readsPrimitivesIntoArraysAndBoxesIntoObjects() {
        long[] longs = new long[2];
        codecs.reader(long.class).readInto(longs, 1, body("5".getBytes(UTF_8)), "application/json");
        assertThat(longs).containsExactly(0, 5);
        Object[] objects = new Object[1];
        codecs.reader(Long.class).readInto(objects, 0, body("5".getBytes(UTF_8)), "application/json");
        assertThat(objects).containsExactly(5L);
    }
}
