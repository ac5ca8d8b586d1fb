package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameTableTest {

    private final NameTable names = new NameTable();

    @Test
    void yieldsOneStringForANameThatComesAgain() {
        String first = read("vadder");
        assertThat(first).isEqualTo("vadder");
        assertThat(read("vadder")).isSameAs(first);
    }

    @Test
    void readsTheEmptyNameAndTheLong() {
        assertThat(read("")).isEmpty();
        String longest = "é".repeat(127);
        assertThat(read(longest)).isEqualTo(longest);
    }

    @Test
    void movesBehindTheName() {
        ByteBuf in = bytes("abcdef");
        in.skipBytes(1);
        assertThat(names.read(in, 3)).isEqualTo("bcd");
        assertThat(in.readerIndex()).isEqualTo(4);
    }

    @Test
    void keepsNamesApartWhoseHashesMeet() {
        // "Aa" and "BB" are the oldest trick there is.
        for (String name : new String[] {"AaAa", "BBBB", "AaBB", "BBAa"}) {
            assertThat(read(name)).isEqualTo(name);
        }
        String first = read("AaAa");
        assertThat(read("AaAa")).isSameAs(first);
    }

    @Test
    void staysRightAndBoundedWhenItIsFull() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(read("name-" + i)).isEqualTo("name-" + i);
        }
        assertThat(read("name-0")).as("who came first is still remembered").isSameAs(read("name-0"));
        int count = 20_000;
        Set<String> strings = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            strings.add(read("name-" + i));
            strings.add(read("name-" + i));
        }
        assertThat(2 * count - strings.size()).as("names that are remembered").isBetween(1, 1024);
    }

    private String read(String name) {
        ByteBuf in = bytes(name);
        return names.read(in, in.readableBytes());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
