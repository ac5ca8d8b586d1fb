package dev.sluice.host.sql.file;

import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a file: comment lines in front are its header, the rest its statement. */
final class SqlFileReader {

    private static final long LARGEST = 1024 * 1024;

    private SqlFileReader() {}

    /**
     * @param defaults of what the header does not say
     * @throws InvalidActorException with a sentence that names the file, and the line where there is one
     */
    static SqlFile read(FoundFile file, SqlFile.Limits defaults) {
        Path path = file.path();
        String text = text(path);
        List<String> lines = text.lines().toList();
        Header header = new Header(defaults);
        int line = 0;
        while (line < lines.size()
                && (lines.get(line).isBlank() || lines.get(line).stripLeading().startsWith("--"))) {
            try {
                header.line(lines.get(line).strip());
            } catch (IllegalArgumentException e) {
                throw new InvalidActorException(path + ":" + (line + 1) + ": " + e.getMessage(), e);
            }
            line++;
        }
        try {
            String sql = String.join("\n", lines.subList(line, lines.size()));
            Statement statement = StatementReader.read(sql);
            return header.file(file, statement);
        } catch (IllegalArgumentException e) {
            throw new InvalidActorException(path + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                throw new InvalidActorException(path + " has more than 1 MiB, which is no query.");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new InvalidActorException(path + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new InvalidActorException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
