package dev.sluice.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.platform.Progress.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private final StringWriter printed = new StringWriter();

    @Test
    void writesALineForEachChangeWhereNobodyWatches() {
        ProgressBoard board = new ProgressBoard(new PrintWriter(printed, true), false);

        board.changed("host-0", State.STARTING, "port 7100");
        board.changed("host-0", State.READY, "3.1 s");

        assertThat(printed.toString().lines())
                .containsExactly("  host-0       starting   port 7100", "  host-0       ready      3.1 s");
    }

    @Test
    void changesRowsInPlaceOnATerminal() {
        ProgressBoard board = new ProgressBoard(new PrintWriter(printed, true), true);
        board.changed("host-0", State.STARTING, "");
        board.changed("host-1", State.STARTING, "");
        printed.getBuffer().setLength(0);

        board.changed("host-0", State.READY, "");

        assertThat(printed.toString())
                .isEqualTo("\033[2A\033[2K\r  host-0       ready\n\033[2K\r  host-1       starting\n");
    }
}
