package dev.sluice.router.fleet.store;

import dev.sluice.common.config.SettingRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder with one file in it, which is replaced as a whole: after the end of the process or of the machine, at any moment, it is
 * the one before or the one after. Held by one process at a time. Blocks.
 */
final class FleetFolder implements AutoCloseable {

    private static final String NAME = "fleet.json";

    private final Path folder;
    private final FileChannel lock;

    private FleetFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws SettingRefused where the folder cannot be used, or somebody else has it */
    static FleetFolder open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            makeFolder(absolute);
            FileChannel lock = FileChannel.open(
                    absolute.resolve("fleet.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(lock)) {
                lock.close();
                throw new SettingRefused(
                        "The folder " + absolute + " is in use by another router.",
                        "Give each router a folder of its own (sluice.fleet.dir), or let them share what is wanted of"
                                + " actors: sluice.fleet.store=redis.");
            }
            return new FleetFolder(absolute, lock);
        } catch (IOException e) {
            throw new SettingRefused(
                    "The folder " + absolute + ", in which this router keeps what is wanted of actors, cannot be used: "
                            + e + ".",
                    "Set sluice.fleet.dir to a folder that it may write.");
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcessHasIt) {
            return false;
        }
    }

    /** What is in a folder is as lasting as the folder's own place in the one above. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            makeFolder(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            force(above);
        }
    }

    Path file() {
        return folder.resolve(NAME);
    }

    /** What the file holds, if there is one. */
    Optional<byte[]> read() throws IOException {
        return Files.exists(file()) ? Optional.of(Files.readAllBytes(file())) : Optional.empty();
    }

    /** Returns once these bytes cannot be lost any more. */
    void replace(byte[] bytes) throws IOException {
        Path draft = folder.resolve(NAME + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
