package dev.sluice.common.config;

/**
 * A setting that makes no sense, wherever it was set.
 *
 * @param field which, parts of parts with dots between them: {@code scheduling.hedge-share}
 * @param what the end of a sentence that begins with the field: {@code is 1.5}
 * @param action what to write instead, a sentence
 */
public record Problem(String field, String what, String action) {

    /** The same, of a part of something larger. */
    public Problem in(String whole) {
        return new Problem(whole + "." + field, what, action);
    }

    /** For people: the field, what is wrong with it and what to write instead. */
    public String sentence() {
        return field + " " + what + ". " + action;
    }

    public SettingRefused refused() {
        return new SettingRefused(field + " " + what + ".", action);
    }
}
