package dev.sluice.host.onnx.settings;

import dev.sluice.sdk.actor.InvalidActorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text form of protobuf messages without knowing them: fields by name, each with all of its values, which are texts (numbers
 * and names as they are written) or messages again.
 */
final class TextProto {

    private static final int DEEPEST = 20;

    private final String name;
    private final String text;
    private int at;
    private int depth;

    private TextProto(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static Map<String, List<Object>> read(String name, String text) {
        TextProto reader = new TextProto(name, text);
        Map<String, List<Object>> message = reader.message('\0');
        return message;
    }

    private Map<String, List<Object>> message(char end) {
        if (++depth > DEEPEST) {
            throw wrong("messages are nested too deeply");
        }
        Map<String, List<Object>> fields = new LinkedHashMap<>();
        while (true) {
            char next = peek();
            if (next == end) {
                at += end == '\0' ? 0 : 1;
                depth--;
                return fields;
            }
            if (next == ',' || next == ';') {
                at++;
                continue;
            }
            List<Object> values = fields.computeIfAbsent(word(), field -> new ArrayList<>());
            value(values);
        }
    }

    private void value(List<Object> values) {
        char next = peek();
        if (next == ':') {
            at++;
            next = peek();
        }
        if (next == '{' || next == '<') {
            at++;
            values.add(message(next == '{' ? '}' : '>'));
        } else if (next == '[') {
            at++;
            list(values);
        } else if (next == '"' || next == '\'') {
            values.add(string(next));
        } else {
            values.add(word());
        }
    }

    private void list(List<Object> values) {
        if (++depth > DEEPEST) {
            throw wrong("lists are nested too deeply");
        }
        while (peek() != ']') {
            if (peek() == ',') {
                at++;
            } else {
                value(values);
            }
        }
        at++;
        depth--;
    }

    private String string(char quote) {
        StringBuilder read = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            read.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw wrong("a string does not end");
        }
        at++;
        return read.toString();
    }

    private String word() {
        peek();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.+-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw wrong(
                    at == text.length()
                            ? "it ends in the middle"
                            : "'" + text.charAt(at) + "' stands where a name should");
        }
        return text.substring(start, at);
    }

    /** What comes after white space and comments; the character 0 where nothing does. */
    private char peek() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return c;
            }
        }
        return '\0';
    }

    private InvalidActorException wrong(String what) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new InvalidActorException(name + ":" + Math.max(1, line) + " cannot be read: " + what + ".");
    }
}
