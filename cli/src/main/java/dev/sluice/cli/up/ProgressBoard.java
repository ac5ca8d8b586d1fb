package dev.sluice.cli.up;

import dev.sluice.cli.platform.Progress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A row for each process. On a terminal the rows change in place, elsewhere each change is a line. */
final class ProgressBoard implements Progress {

    private static final String UP = "\033[%dA";
    private static final String CLEAR_LINE = "\033[2K\r";

    private final PrintWriter out;
    private final boolean inPlace;
    private final Map<String, String> rows = new LinkedHashMap<>();

    ProgressBoard(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    @Override
    public synchronized void changed(String name, State state, String detail) {
        String word = state.name().toLowerCase(Locale.ROOT);
        String firstLine = detail.lines().findFirst().orElse("");
        String row = String.format("  %-12s %-9s  %s", name, word, firstLine).stripTrailing();
        int printed = rows.size();
        rows.put(name, row);
        if (!inPlace) {
            out.println(row);
            return;
        }
        StringBuilder text = new StringBuilder(printed > 0 ? String.format(UP, printed) : "");
        rows.values().forEach(line -> text.append(CLEAR_LINE).append(line).append('\n'));
        out.print(text);
        out.flush();
    }

    /** Leaves the rows as they are; what comes next gets rows of its own. */
    synchronized void nextBlock() {
        rows.clear();
        out.println();
    }
}
