package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Why a process failed, from the end of its log, and the sentence around it. */
final class LastWords {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_LINES = 6;

    private LastWords() {}

    static String died(ServiceProcess process) {
        return process.name() + " " + process.end() + "." + quoted(process.log());
    }

    static String late(ServiceProcess process, Duration most) {
        return process.name() + " was not ready within " + most.toSeconds() + " s." + quoted(process.log());
    }

    private static String quoted(Path log) {
        List<String> lines = of(log);
        String words = lines.isEmpty() ? "\n  It wrote nothing." : "\n  | " + String.join("\n  | ", lines);
        return words + "\n  Its log: " + log;
    }

    /** The lines that most likely name the cause; empty where nothing was written. */
    static List<String> of(Path log) {
        List<String> lines = tail(log);
        int analysis = lastIndexOf(lines, "APPLICATION FAILED TO START");
        if (analysis >= 0) {
            return analysed(lines.subList(analysis + 1, lines.size()));
        }
        int cause = Math.max(lastIndexOf(lines, "Caused by:"), lastIndexOf(lines, "OutOfMemoryError"));
        if (cause >= 0) {
            return List.of(lines.get(cause));
        }
        int error = lastIndexOf(lines, " ERROR ");
        List<String> from = error >= 0 ? lines.subList(error, lines.size()) : lines;
        List<String> telling = from.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                .toList();
        return error >= 0
                ? telling.subList(0, Math.min(MOST_LINES, telling.size()))
                : telling.subList(Math.max(0, telling.size() - MOST_LINES), telling.size());
    }

    /** Spring Boot's own analysis has a description and what to do, under headings that say nothing. */
    private static List<String> analysed(List<String> lines) {
        List<String> telling = new ArrayList<>();
        for (String line : lines) {
            boolean heading = line.startsWith("***") || line.equals("Description:") || line.equals("Action:");
            if (!line.isBlank() && !heading) {
                telling.add(line.strip());
            }
        }
        return telling.subList(0, Math.min(2 * MOST_LINES, telling.size()));
    }

    private static int lastIndexOf(List<String> lines, String part) {
        for (int index = lines.size() - 1; index >= 0; index--) {
            if (lines.get(index).contains(part)) {
                return index;
            }
        }
        return -1;
    }

    private static List<String> tail(Path log) {
        try (var file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - MOST_BYTES));
            byte[] bytes = java.nio.channels.Channels.newInputStream(file).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException nothingWritten) {
            return List.of();
        }
    }
}
