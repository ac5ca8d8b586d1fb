package dev.sluice.system.observe.drawing;

import java.util.Map;

/** Colours, close to those of Grafana's dark theme. */
final class Palette {

    static final String PAGE = "#111217";
    static final String PANEL = "#181b1f";
    static final String EDGE = "#2a2d33";
    static final String GRID = "#25282d";
    static final String TEXT = "#d5d5e0";
    static final String FAINT = "#8e8e9e";

    private static final String[] CLASSIC = {
        "#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#8ab8ff", "#b877d9", "#fade2a", "#3274d9", "#ff780a",
        "#a352cc", "#96d98d"
    };

    private static final Map<String, String> NAMED = Map.of(
            "green", "#73bf69",
            "red", "#f2495c",
            "orange", "#ff9830",
            "yellow", "#fade2a",
            "blue", "#5794f2",
            "purple", "#b877d9",
            "text", "#ccccdc");

    private Palette() {}

    static String classic(int index) {
        return CLASSIC[index % CLASSIC.length];
    }

    /** @throws IllegalArgumentException if there is no such colour */
    static String named(String name) {
        String color = NAMED.get(name);
        if (color == null) {
            throw new IllegalArgumentException("There is no colour " + name);
        }
        return color;
    }

    /** From nearly the panel's own colour to a bright orange. @param share from 0 to 1 */
    static String heat(double share) {
        return "#%02x%02x%02x".formatted(mixed(0x33, 0xff, share), mixed(0x22, 0xc0, share), mixed(0x18, 0x70, share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
