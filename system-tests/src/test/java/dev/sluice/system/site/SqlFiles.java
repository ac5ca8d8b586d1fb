package dev.sluice.system.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of SQL actors that hosts serve, the data that they may read, and a secret beside it that they may not. */
public record SqlFiles(Path folder) {

    private static final int CUSTOMERS = 50;
    private static final int ORDERS = 2000;

    /** With data in it. */
    public static SqlFiles in(Path folder) {
        SqlFiles files = new SqlFiles(folder);
        StringBuilder orders = new StringBuilder("id,customer,amount\n");
        for (int id = 0; id < ORDERS; id++) {
            orders.append(id)
                    .append(',')
                    .append(id % CUSTOMERS)
                    .append(',')
                    .append(id)
                    .append(".5\n");
        }
        try {
            Files.createDirectories(files.queries());
            Files.createDirectories(files.data());
            Files.writeString(files.data().resolve("orders.csv"), orders);
            Files.writeString(files.secret(), "password\nswordfish\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    public Path queries() {
        return folder.resolve("sql");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path secret() {
        return folder.resolve("secret.csv");
    }

    /** What the first orders of this customer are worth, as the data has it. */
    public static String worth(int customer) {
        double sum = 0;
        for (int id = customer; id < ORDERS; id += CUSTOMERS) {
            sum += id + 0.5;
        }
        return "[{\"orders\":" + ORDERS / CUSTOMERS + ",\"worth\":" + sum + "}]";
    }

    /** Puts a file into the folder, or changes it, as one should: written beside it and moved. */
    public SqlFiles put(String file, String... lines) {
        try {
            Path path = queries().resolve(file);
            Files.createDirectories(path.getParent());
            Path part = Files.writeString(folder.resolve("part"), String.join("\n", lines) + "\n");
            Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String file) {
        try {
            Files.delete(queries().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
