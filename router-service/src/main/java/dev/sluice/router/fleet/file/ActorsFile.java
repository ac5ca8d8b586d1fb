package dev.sluice.router.fleet.file;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.router.fleet.goal.ActorGoal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The actors file. See {@code docs/actors-file.md}.
 *
 * @param goals what it asks for; to be followed only where nothing is wrong
 * @param problems everything that is wrong, in the order of lines
 */
public record ActorsFile(List<ActorGoal> goals, List<FileProblem> problems) {

    /** Where there is none. */
    public static final ActorsFile NONE = new ActorsFile(List.of(), List.of());

    public ActorsFile {
        goals = List.copyOf(goals);
        problems = List.copyOf(problems);
    }

    /** What a text says that an actors file could have. */
    public static ActorsFile parse(String text) {
        try {
            Reading reading = new Reading();
            List<ActorGoal> goals = ActorsShape.readFile(new YamlText(text).parse(), reading);
            return new ActorsFile(goals, reading.problems());
        } catch (YamlText.NotYaml e) {
            return new ActorsFile(List.of(), e.problems());
        }
    }

    /**
     * A file in which nothing is wrong. Blocks.
     *
     * @throws SettingRefused with all that is wrong, a line each, and where the file cannot be read
     */
    public static ActorsFile read(Path file) {
        ActorsFile read = parse(text(file));
        if (!read.problems().isEmpty()) {
            List<String> sentences = read.problems().stream()
                    .map(problem -> problem.sentence(file.toString()))
                    .toList();
            throw new SettingRefused(
                    "The actors file cannot be followed:\n\n" + String.join("\n", sentences),
                    "Correct " + file + "; docs/actors-file.md describes it.");
        }
        return read;
    }

    private static String text(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            CharBuffer text = CharBuffer.allocate(bytes.remaining());
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            CoderResult end = decoder.decode(bytes, text, true);
            text.flip();
            if (end.isError()) {
                long line = 1 + text.chars().filter(c -> c == '\n').count();
                throw new SettingRefused(
                        file + ":" + line + ": The file is not text in UTF-8.", "Save it in that encoding.");
            }
            return text.toString();
        } catch (NoSuchFileException e) {
            throw new SettingRefused(
                    "The actors file " + file.toAbsolutePath() + " is not there.",
                    "Write it, or correct or take away sluice.fleet.actors-file.");
        } catch (IOException e) {
            throw new SettingRefused(
                    "The actors file " + file.toAbsolutePath() + " cannot be read: " + e.getMessage() + ".",
                    "Make it a file that this process may read.");
        }
    }
}
