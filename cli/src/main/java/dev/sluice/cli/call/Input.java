package dev.sluice.cli.call;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The input of a query as it was given.
 *
 * @param bytes all of it
 * @param mediaType JSON goes in the envelope, anything else as it is
 * @param source what to call it in a complaint
 * @param certain whether the caller named the media type, so that it is not up to the method
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
record Input(byte[] bytes, String mediaType, String source, boolean certain) {

    static Input of(String argument, @Nullable String mediaType) {
        if (!argument.startsWith("@")) {
            if (mediaType != null) {
                throw new CommandFailure("--media-type goes with @FILE or @-: an input on the command line is JSON.");
            }
            return new Input(argument.getBytes(StandardCharsets.UTF_8), MediaTypes.JSON, "The input", true).checked();
        }
        String name = argument.substring(1);
        byte[] bytes = name.equals("-") ? standardInput() : file(name);
        String source = name.equals("-") ? "Standard input" : name;
        return mediaType == null
                ? new Input(bytes, MediaTypes.guess(name, bytes), source, false)
                : new Input(bytes, mediaType, source, true);
    }

    /** A file that happens to hold JSON is just bytes to a method that takes files. */
    Input forMethod(MethodFacts facts) {
        if (!json()) {
            return this;
        }
        return facts.takesBytes() && !certain ? new Input(bytes, MediaTypes.BYTES, source, true) : checked();
    }

    boolean json() {
        return MediaTypes.isJson(mediaType);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Input checked() {
        try {
            if (Json.read(text()).isMissingNode()) {
                throw new CommandFailure(source + " is empty: write JSON, for instance null.");
            }
            return this;
        } catch (JacksonException e) {
            String hint = text().strip().matches("\\p{L}.*") ? " Text needs quotes of its own: '\"text\"'." : "";
            throw new CommandFailure(source + " is not JSON: " + e.getOriginalMessage() + "." + hint);
        }
    }

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new CommandFailure("The file " + name + " cannot be read: " + reason(e));
        }
    }

    private static byte[] standardInput() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure("Standard input cannot be read: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException ? "there is none." : String.valueOf(e.getMessage());
    }
}
