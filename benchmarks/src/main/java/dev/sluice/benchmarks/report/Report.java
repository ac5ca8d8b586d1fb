package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bench found, in the form that {@code --json} writes.
 *
 * @param bench its name
 * @param machine what it ran on
 * @param rows one per line of its table; each maps a column to a number or a text
 * @param bars what had to hold; empty in a quick run, which looks at none
 * @param notes how it was measured, in sentences
 */
public record Report(
        String bench, Machine machine, List<Map<String, Object>> rows, List<Bar> bars, List<String> notes) {

    public boolean holds() {
        return bars.stream().allMatch(Bar::holds);
    }

    public String toJson() {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(this);
    }

    /** @throws IOException if the file cannot be written */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, toJson() + System.lineSeparator());
    }
}
