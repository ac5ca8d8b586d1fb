package dev.sluice.examples.filetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class FileEndsTest {

    @Test
    void padsAShortFileAfterItsStartAndBeforeItsEnd() {
        int[] row = row("  \n ab c\t\u000b\f\r\n");

        assertThat(Arrays.copyOf(row, 4)).containsExactly('a', 'b', ' ', 'c');
        assertThat(Arrays.copyOfRange(row, 4, 9)).containsExactly('\t', 0x0b, '\f', '\r', '\n');
        assertThat(Arrays.copyOfRange(row, 9, 1_024)).containsOnly(256);
        assertThat(Arrays.copyOfRange(row, 1_024, 2_048 - 8)).containsOnly(256);
        assertThat(Arrays.copyOfRange(row, 2_048 - 8, 2_048)).containsExactly(' ', ' ', '\n', ' ', 'a', 'b', ' ', 'c');
    }

    @Test
    void takesBothEndsOfALongFile() {
        int[] row = row("a".repeat(1_024) + "b".repeat(10_000) + "c".repeat(1_024));

        assertThat(Arrays.copyOf(row, 1_024)).containsOnly('a');
        assertThat(Arrays.copyOfRange(row, 1_024, 2_048)).containsOnly('c');
    }

    @Test
    void stripsNoMoreThanABlockFromEitherEnd() {
        int[] row = row(" ".repeat(4_090) + "abcdefghij" + " ".repeat(4_090));

        assertThat(Arrays.copyOf(row, 7)).containsExactly('a', 'b', 'c', 'd', 'e', 'f', 256);
        assertThat(Arrays.copyOfRange(row, 2_048 - 7, 2_048)).containsExactly(256, 'e', 'f', 'g', 'h', 'i', 'j');
    }

    @Test
    void takesBytesAsUnsigned() {
        IntBuffer row = IntBuffer.allocate(FileEnds.WIDTH);
        FileEnds.write(new byte[] {(byte) 0xff, (byte) 0x80}, row);

        assertThat(row.get(0)).isEqualTo(255);
        assertThat(row.get(1)).isEqualTo(128);
    }

    @Test
    void fillsARowWhateverTheFile() {
        for (String file :
                Arrays.asList("", " ", " ".repeat(5_000), "x", String.join("", Collections.nCopies(999, "xyz ")))) {
            assertThat(row(file)).hasSize(2_048).doesNotContain(-1);
        }
    }

    private static int[] row(String file) {
        IntBuffer row = IntBuffer.allocate(FileEnds.WIDTH);
        Arrays.fill(row.array(), -1);
        FileEnds.write(file.getBytes(StandardCharsets.US_ASCII), row);
        assertThat(row.hasRemaining()).isFalse();
        return row.array();
    }
}
