package dev.sluice.sdk.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the short cut accepts, Jackson reads the same. */
class JsonScanTest {

    private static final String ALPHABET = "0123456789-+.eE 1234567890";
    private static final JsonMapper JACKSON = StrictJson.strict(StrictJson.plain());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithJacksonOnRandomText(long seed) {
        Random random = new Random(seed);
        int plain = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(1, 22);
            while (text.length() < length) {
                // mostly digits, so that much of it is a number
                text.append(ALPHABET.charAt(
                        random.nextInt(4) == 0 ? random.nextInt(ALPHABET.length()) : random.nextInt(10)));
            }
            plain += check(text.toString()) ? 1 : 0;
        }
        assertThat(plain).as("numbers that took the short cut").isGreaterThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void agreesWithJacksonOnRandomNumbers(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            check(String.valueOf(whole));
            check(whole + "." + random.nextInt(1_000_000));
            check(String.valueOf(random.nextDouble() * Math.pow(10, random.nextInt(-6, 6))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0",
                "-0",
                "00",
                "-01",
                "1.",
                ".1",
                "-.1",
                "1.0",
                "0.1",
                "-0.0",
                "1..2",
                "1.2.3",
                "9007199254740992",
                "9007199254740993",
                "900719925474099.3",
                "999999999999999999",
                "-999999999999999999",
                "1000000000000000000",
                "0.00000000000000001",
                "123456789012345678.5",
                "4.35",
                "0.000001",
                "8.41"
            })
    void agreesWithJacksonOnTheEdges(String text) {
        check(text);
    }

    private static boolean check(String text) {
        ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(UTF_8));
        long whole = JsonScan.integer(body);
        if (whole != JsonScan.NOT_PLAIN) {
            assertThat(whole).as(text).isEqualTo(jackson(text, Long.class));
        }
        double decimal = JsonScan.decimal(body);
        if (!Double.isNaN(decimal)) {
            assertThat(decimal).as(text).isEqualTo(jackson(text, Double.class));
        }
        return whole != JsonScan.NOT_PLAIN || !Double.isNaN(decimal);
    }

    private static Object jackson(String text, Class<?> type) {
        try {
            return JACKSON.readValue(text, type);
        } catch (JacksonException refused) {
            return "refused by Jackson: " + refused.getOriginalMessage();
        }
    }
}
