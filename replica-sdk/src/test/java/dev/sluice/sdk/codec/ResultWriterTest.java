package dev.sluice.sdk.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ResultWriterTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Codecs codecs = new Codecs(allocator);

    record Point(int x, int y) {}

    @AfterEach
    void nothingIsLeaked() {
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
    }

    private String write(Type type, Object value) {
        return text(codecs.writer(type).write(value));
    }

    private static String text(ByteBuf body) {
        try {
            return body.toString(UTF_8);
        } finally {
            body.release();
        }
    }

    static List<Arguments> values() {
        return List.of(
                Arguments.of(long.class, 0L, "0"),
                Arguments.of(Long.class, Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(long.class, Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(int.class, -10, "-10"),
                Arguments.of(short.class, (short) 7, "7"),
                Arguments.of(byte.class, (byte) -128, "-128"),
                Arguments.of(double.class, 0.1, "0.1"),
                Arguments.of(double.class, 1e21, "1.0E21"),
                Arguments.of(double.class, Double.NaN, "\"NaN\""),
                Arguments.of(float.class, 0.1f, "0.1"),
                Arguments.of(float.class, Float.NEGATIVE_INFINITY, "\"-Infinity\""),
                Arguments.of(boolean.class, true, "true"),
                Arguments.of(Boolean.class, false, "false"),
                Arguments.of(char.class, 'x', "\"x\""),
                Arguments.of(String.class, "plain text", "\"plain text\""),
                Arguments.of(String.class, "", "\"\""),
                Arguments.of(String.class, "a\"b\\c\n\u00fc\u20ac", "\"a\\\"b\\\\c\\n\u00fc\u20ac\""),
                Arguments.of(Point.class, new Point(1, 2), "{\"x\":1,\"y\":2}"),
                Arguments.of(Object.class, new Point(1, 2), "{\"x\":1,\"y\":2}"),
                Arguments.of(Object.class, "text", "\"text\""),
                Arguments.of(Object.class, 5, "5"),
                Arguments.of(List.class, List.of(1, "a"), "[1,\"a\"]"),
                Arguments.of(Map.class, Map.of("a", new long[] {1}), "{\"a\":[1]}"),
                Arguments.of(Optional.class, Optional.empty(), "null"),
                Arguments.of(double[][].class, new double[][] {{1}, {}}, "[[1.0],[]]"),
                Arguments.of(Comparable.class, "open", "\"open\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesJson(Type type, Object value, String json) {
        ResultWriter writer = codecs.writer(type);

        assertThat(text(writer.write(value))).isEqualTo(json);
        assertThat(writer.mediaType(value)).isEqualTo("application/json");
    }

    @Test
    void writesElementsOfPrimitiveArrays() {
        assertThat(element(long.class, new long[] {1, Long.MIN_VALUE}, 1)).isEqualTo("-9223372036854775808");
        assertThat(element(int.class, new int[] {1, -2}, 1)).isEqualTo("-2");
        assertThat(element(short.class, new short[] {3}, 0)).isEqualTo("3");
        assertThat(element(double.class, new double[] {0.5, Double.POSITIVE_INFINITY}, 1))
                .isEqualTo("\"Infinity\"");
        assertThat(element(float.class, new float[] {0.1f}, 0)).isEqualTo("0.1");
        assertThat(element(boolean.class, new boolean[] {false, true}, 1)).isEqualTo("true");
    }

    private String element(Type type, Object array, int index) {
        return text(codecs.writer(type).writeElement(array, index));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(7);
        JsonMapper jackson = codecs.json();
        for (int i = 0; i < 5_000; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            Double fraction = Double.longBitsToDouble(random.nextLong());
            assertThat(jackson.readValue(write(long.class, whole), long.class)).isEqualTo(whole);
            assertThat(jackson.readValue(write(double.class, fraction), double.class))
                    .isEqualTo(fraction);
        }
    }

    @Test
    void passesBytesAndContentOnWithoutACopy() {
        byte[] bytes = {1, 2, 3};
        for (Type type : List.of(byte[].class, Object.class)) {
            ResultWriter writer = codecs.writer(type);
            ByteBuf body = writer.write(bytes);
            assertThat(body.array()).isSameAs(bytes);
            assertThat(writer.mediaType(bytes)).isEqualTo("application/octet-stream");
            body.release();
        }
        Content png = new Content(bytes, "image/png");
        for (Type type : List.of(Content.class, Object.class)) {
            ResultWriter writer = codecs.writer(type);
            ByteBuf body = writer.write(png);
            assertThat(body.array()).isSameAs(bytes);
            assertThat(writer.mediaType(png)).isEqualTo("image/png");
            body.release();
        }
    }

    interface Shape {}

    record Circle(int r) implements Shape {}

    static class Animal {
        public String name = "any";
    }

    static class Dog extends Animal {
        public int legs = 4;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Car.class, name = "car"))
    interface Vehicle {}

    record Car(int doors) implements Vehicle {}

    @Test
    void writesWhatAValueIsAndTheTypeNamesThatItsDeclarationAsksFor() throws Exception {
        assertThat(write(Shape.class, new Circle(2))).isEqualTo("{\"r\":2}");
        assertThat(write(Animal.class, new Dog())).contains("\"name\":\"any\"").contains("\"legs\":4");
        assertThat(write(Vehicle.class, new Car(3))).isEqualTo("{\"@type\":\"car\",\"doors\":3}");
        Type vehicles = getClass().getDeclaredMethod("vehicles").getGenericReturnType();
        assertThat(write(vehicles, List.of(new Car(3)))).isEqualTo("[{\"@type\":\"car\",\"doors\":3}]");
    }

    @SuppressWarnings("unused")
    private List<Vehicle> vehicles() {
        return List.of();
    }

    static class Faulty {
        public String padding = "x".repeat(20_000);

        public String getTrap() {
            throw new IllegalStateException("planted");
        }
    }

    static class Fatal {
        public String getTrap() {
            throw new LinkageError("planted");
        }
    }

    @Test
    void leavesNoBufferBehindWhereAGetterThrows() {
        assertThatThrownBy(() -> write(Faulty.class, new Faulty())).hasMessageContaining("planted");
        assertThatThrownBy(() -> write(Fatal.class, new Fatal())).hasMessageContaining("planted");
        assertThatThrownBy(() -> write(Content.class, new Content(null, "a/b")))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void usesTheSerializersOfTheUsersOwnMapper() {
        JsonMapper lenient = JsonMapper.builder()
                .addMixIn(Point.class, Renamed.class)
                .enable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
        Codecs own = new Codecs(allocator, lenient);

        assertThat(text(own.writer(Point.class).write(new Point(1, 2)))).isEqualTo("{\"across\":1,\"y\":2}");
        assertThatThrownBy(() -> own.json().readValue("1.5", int.class)).hasMessageContaining("1.5");
    }

    interface Renamed {
        @JsonProperty("across")
        int x();
    }
}
