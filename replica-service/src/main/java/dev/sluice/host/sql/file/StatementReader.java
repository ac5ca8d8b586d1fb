package dev.sluice.host.sql.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the parameters of a statement, and no other statement after it: knows texts, quoted names, comments and casts, and nothing
 * else of SQL. What kind of statement it is, the database's own parser says.
 */
final class StatementReader {

    private final String sql;
    private final List<String> pieces = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int at;
    private int pieceStart;
    private int words;
    private String lastWord = "";
    private boolean readsInputs;
    private int withEnd;

    private StatementReader(String sql) {
        this.sql = sql;
    }

    /** @throws IllegalArgumentException with a sentence for its author */
    static Statement read(String sql) {
        return new StatementReader(sql).read();
    }

    private Statement read() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ';') {
                int end = at;
                at++;
                skipBlanks();
                if (at < sql.length()) {
                    throw new IllegalArgumentException(
                            "There is more than one statement: a file has one, and nothing after its semicolon.");
                }
                return statement(end);
            }
            step(c);
        }
        return statement(sql.length());
    }

    private Statement statement(int end) {
        pieces.add(sql.substring(pieceStart, end).stripTrailing());
        if (words == 0) {
            throw new IllegalArgumentException("There is no statement in the file: write one SELECT below its header.");
        }
        return new Statement(pieces, names, readsInputs, withEnd);
    }

    private void step(char c) {
        if (startsComment()) {
            skipComment();
        } else if (c == '\'') {
            // Right after an E, a backslash escapes.
            skipQuoted('\'', lastWord.equals("e") && Character.isLetter(sql.charAt(at - 1)));
            lastWord = "";
        } else if (c == '"') {
            skipQuoted('"', false);
            lastWord = "";
        } else if (c == '$') {
            skipDollars();
        } else if (c == '?') {
            throw new IllegalArgumentException("There is a '?' in the statement: name its parameters, as :customer.");
        } else if (c == ':') {
            colon();
        } else if (startsWord(c)) {
            word();
        } else {
            if (!Character.isWhitespace(c)) {
                lastWord = "";
            }
            at++;
        }
    }

    private void skipBlanks() {
        while (at < sql.length() && (Character.isWhitespace(sql.charAt(at)) || startsComment())) {
            if (startsComment()) {
                skipComment();
            } else {
                at++;
            }
        }
    }

    private boolean startsComment() {
        return sql.startsWith("--", at) || sql.startsWith("/*", at);
    }

    private void skipComment() {
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end + 1;
            return;
        }
        int end = sql.indexOf("*/", at + 2);
        int inner = sql.indexOf("/*", at + 2);
        if (end < 0) {
            throw new IllegalArgumentException("A comment is not closed: write */ at its end.");
        }
        if (inner >= 0 && inner < end) {
            // Some databases nest comments, others do not: the same text could hide a statement from one of them.
            throw new IllegalArgumentException("A comment stands within a comment: write them one after the other.");
        }
        at = end + 2;
    }

    private void skipQuoted(char quote, boolean backslashes) {
        int start = at;
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (backslashes && c == '\\') {
                at++;
            } else if (c == quote) {
                at++;
                if (at >= sql.length() || sql.charAt(at) != quote) {
                    return;
                }
            }
        }
        throw new IllegalArgumentException("A quotation is not closed: " + beginning(start));
    }

    /** Texts between {@code $$} or {@code $tag$}. */
    private void skipDollars() {
        int tagEnd = sql.indexOf('$', at + 1);
        String tag = tagEnd < 0 ? "" : sql.substring(at, tagEnd + 1);
        if (!tag.matches("\\$([A-Za-z_]\\w*)?\\$")) {
            throw new IllegalArgumentException("There is a '$' in the statement: name its parameters, as :customer.");
        }
        int end = sql.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw new IllegalArgumentException("A quotation is not closed: " + beginning(at));
        }
        at = end + tag.length();
        lastWord = "";
    }

    private String beginning(int start) {
        return sql.substring(start, Math.min(sql.length(), start + 20));
    }

    private void colon() {
        lastWord = "";
        int start = at + 1;
        if (start < sql.length() && (sql.charAt(start) == ':' || sql.charAt(start) == '=')) {
            at += 2;
            return;
        }
        at = start;
        while (at < sql.length() && isOfWord(sql.charAt(at))) {
            at++;
        }
        if (at > start && !Character.isDigit(sql.charAt(start))) {
            pieces.add(sql.substring(pieceStart, start - 1));
            names.add(sql.substring(start, at));
            pieceStart = at;
        }
    }

    /** As PostgreSQL and DuckDB have it: whatever is not ASCII is a letter. */
    private static boolean startsWord(char c) {
        return c >= 0x80 || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** A {@code $} within a word is part of it: taken for the beginning of a text, it would hide what stands behind. */
    private static boolean isOfWord(char c) {
        return startsWord(c) || c >= '0' && c <= '9' || c == '$';
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isOfWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
        if (word.equals("inputs") && (lastWord.equals("from") || lastWord.equals("join"))) {
            readsInputs = true;
        }
        words++;
        if (words == 1 && word.equals("with") || words == 2 && withEnd > 0 && word.equals("recursive")) {
            withEnd = at;
        }
        lastWord = word;
    }
}
