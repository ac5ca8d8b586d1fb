package dev.sluice.benchmarks.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process complains of in its log: whoever sends it nonsense is told so, and there is nothing in that to be surprised at.
 *
 * @param faults lines of errors, and exceptions that nobody expected
 * @param leaks buffers that were collected without having been released
 */
record LogLook(int faults, int leaks, List<String> first) {

    private static final Pattern LEAK = Pattern.compile("LEAK:");
    private static final Pattern FAULT =
            Pattern.compile("^\\S+\\s+ERROR |^(?:Caused by: )?(?:[a-z]\\w*\\.)+\\w*(?:Exception|Error)\\b");
    private static final int MOST_SHOWN = 5;

    static LogLook at(Path log) throws IOException {
        int faults = 0;
        int leaks = 0;
        List<String> first = new ArrayList<>();
        // Whatever was sent may be quoted in it, whether or not it is text.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean leak = LEAK.matcher(line).find();
                boolean fault = !leak && FAULT.matcher(line).find();
                leaks += leak ? 1 : 0;
                faults += fault ? 1 : 0;
                if ((leak || fault) && first.size() < MOST_SHOWN) {
                    first.add(line);
                }
            }
        }
        return new LogLook(faults, leaks, List.copyOf(first));
    }
}
