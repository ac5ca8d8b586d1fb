package dev.sluice.cli.platform;

/** Hears what becomes of each process. May be called from several threads. */
public interface Progress {

    /** One state of one process, in the order in which they come. */
    enum State {
        PREPARING,
        PREPARED,
        STARTING,
        READY,
        FAILED,
        STOPPING,
        STOPPED,
        KILLED
    }

    Progress NONE = (name, state, detail) -> {};

    /**
     * @param name the process, or the tier while its program is prepared
     * @param detail a few words for people; may be empty
     */
    void changed(String name, State state, String detail);
}
