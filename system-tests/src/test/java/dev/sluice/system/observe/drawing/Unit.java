package dev.sluice.system.observe.drawing;

import java.util.Locale;

/** The units that the dashboards name, written as Grafana writes them. */
enum Unit {
    NONE {
        @Override
        String format(double value, int decimals) {
            return plain(value, decimals);
        }
    },
    SHORT {
        @Override
        String format(double value, int decimals) {
            return scaled(value, 1000, decimals, "", " K", " Mil", " Bil");
        }
    },
    PERCENTUNIT {
        @Override
        String format(double value, int decimals) {
            return plain(value * 100, decimals) + "%";
        }
    },
    REQPS {
        @Override
        String format(double value, int decimals) {
            return scaled(value, 1000, decimals, " req/s", "K req/s", "M req/s");
        }
    },
    CPS {
        @Override
        String format(double value, int decimals) {
            return scaled(value, 1000, decimals, " c/s", "K c/s", "M c/s");
        }
    },
    BYTES {
        @Override
        String format(double value, int decimals) {
            return scaled(value, 1024, decimals, " B", " KiB", " MiB", " GiB", " TiB");
        }
    },
    BPS {
        @Override
        String format(double value, int decimals) {
            return scaled(value, 1000, decimals, " B/s", " kB/s", " MB/s", " GB/s");
        }
    },
    S {
        @Override
        String format(double value, int decimals) {
            double size = Math.abs(value);
            if (size == 0) {
                return "0 s";
            } else if (size < 0.001) {
                return plain(value * 1e6, decimals) + " µs";
            } else if (size < 1) {
                return plain(value * 1e3, decimals) + " ms";
            } else if (size < 60) {
                return plain(value, decimals) + " s";
            }
            return size < 3600 ? plain(value / 60, decimals) + " mins" : plain(value / 3600, decimals) + " hours";
        }
    };

    /** @throws IllegalArgumentException if it is none that can be written here */
    static Unit named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** @param decimals as many as make three digits, where it is below 0 */
    abstract String format(double value, int decimals);

    /** What a value of this size is written in, where that is not a power of ten. */
    double size(double value) {
        return switch (this) {
            case BYTES -> Math.pow(1024, Math.floor(Math.log(Math.max(1, value)) / Math.log(1024)));
            case S -> value >= 3600 ? 3600 : value >= 60 ? 60 : 1;
            default -> 1;
        };
    }

    String format(double value) {
        return format(value, -1);
    }

    private static String scaled(double value, double base, int decimals, String... units) {
        int power = 0;
        double rest = value;
        while (Math.abs(rest) >= base && power < units.length - 1) {
            rest /= base;
            power++;
        }
        return plain(rest, decimals) + units[power];
    }

    private static String plain(double value, int decimals) {
        double size = Math.abs(value);
        int digits = decimals >= 0 ? decimals : size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return decimals < 0 && text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
