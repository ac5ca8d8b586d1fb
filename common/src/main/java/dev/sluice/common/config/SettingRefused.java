package dev.sluice.common.config;

/** A setting stops the start. */
public final class SettingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param problem what is wrong, a sentence
     * @param action what to write instead, a sentence
     */
    public SettingRefused(String problem, String action) {
        super(problem);
        this.action = action;
    }

    public String action() {
        return action;
    }
}
