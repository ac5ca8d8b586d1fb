package dev.sluice.examples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes customers and orders of a shop as CSV. They are made up, and always the same. */
public final class MakeShop {

    private static final int CUSTOMERS = 10_000;
    private static final int ORDERS = 20_000;
    private static final int DAYS = 365;
    private static final int MOST_CENTS = 50_000;
    private static final int SEED = 11;

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final List<String> NAMES = List.of("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana");
    private static final List<String> PLANS = List.of("basic", "basic", "basic", "plus", "business");

    private MakeShop() {}

    /** @param args the folder to write into */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        write(folder.resolve("customers.csv"), customers());
        write(folder.resolve("orders.csv"), orders());
    }

    private static String customers() {
        StringBuilder csv = new StringBuilder("id,name,plan,open_tickets\n");
        for (int id = 1; id <= CUSTOMERS; id++) {
            String name = NAMES.get(id % NAMES.size()) + " " + id;
            String plan = PLANS.get(id * 7 % PLANS.size());
            csv.append(String.format(Locale.ROOT, "%d,%s,%s,%d\n", id, name, plan, id * 31 % 4));
        }
        return csv.toString();
    }

    private static String orders() {
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder csv = new StringBuilder("id,customer,day,amount\n");
        for (int id = 1; id <= ORDERS; id++) {
            int customer = 1 + random.nextInt(CUSTOMERS);
            LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
            double amount = (1 + random.nextInt(MOST_CENTS)) / 100.0;
            csv.append(String.format(Locale.ROOT, "%d,%d,%s,%.2f\n", id, customer, day, amount));
        }
        return csv.toString();
    }

    /** Leaves a file that is the same alone, and never shows a part of one: a platform may be reading it. */
    private static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
