package dev.sluice.benchmarks.load;

/**
 * What went wrong in a run. All zero in a run that may be believed.
 *
 * @param status replies with another status than 200
 * @param body replies whose body is not, to the byte, what was expected
 * @param malformed bytes that are not exactly one HTTP/1.1 reply with a length to one request
 * @param dropped connections that could not be opened, or ended while a request was outstanding
 * @param unanswered requests still outstanding when patience ended
 * @param first the first fault, in words; empty where there was none
 */
public record Faults(long status, long body, long malformed, long dropped, long unanswered, String first) {

    public long total() {
        return status + body + malformed + dropped + unanswered;
    }

    public boolean none() {
        return total() == 0;
    }
}
