package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** The lowest that Linux gives to the near end of a connection, where nothing else is set. */
    private static final int FIRST_EPHEMERAL = 32_768;

    @Test
    void givesNoneTwiceAndNoneThatAConnectionMayTake() {
        List<Integer> given = IntStream.range(0, 50).mapToObj(i -> Ports.free()).toList();

        assertThat(given).doesNotHaveDuplicates().allMatch(port -> port < FIRST_EPHEMERAL);
    }

    @Test
    void passesOverARowInWhichOneIsTaken() throws IOException {
        int first = Ports.freeRow(1);
        try (ServerSocket taken = new ServerSocket(first + 2, 1, InetAddress.getLoopbackAddress())) {
            int row = Ports.freeRow(3);

            assertThat(IntStream.range(row, row + 3)).doesNotContain(taken.getLocalPort());
        }
    }
}
