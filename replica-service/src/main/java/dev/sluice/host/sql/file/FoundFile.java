package dev.sluice.host.sql.file;

import java.nio.file.Path;

/**
 * A file as it lies in the folder.
 *
 * @param id what it is the file of
 * @param path of it
 * @param inFolder whether it lies in a folder of versions
 * @param fingerprint another one when it has changed
 */
public record FoundFile(Id id, Path path, boolean inFolder, String fingerprint) {

    /** An actor and one of its versions. */
    public record Id(String actor, String version) implements Comparable<Id> {

        @Override
        public int compareTo(Id other) {
            int actors = actor.compareTo(other.actor);
            return actors != 0 ? actors : version.compareTo(other.version);
        }

        @Override
        public String toString() {
            return "version " + version + " of the SQL actor " + actor;
        }
    }
}
