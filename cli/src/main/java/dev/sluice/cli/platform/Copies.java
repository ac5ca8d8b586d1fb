package dev.sluice.cli.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changed copies of immutable collections. */
final class Copies {

    private Copies() {}

    static <T> List<T> plus(List<T> list, List<T> more) {
        List<T> copy = new ArrayList<>(list);
        copy.addAll(more);
        return List.copyOf(copy);
    }

    static <K, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new HashMap<>(map);
        copy.put(key, value);
        return Map.copyOf(copy);
    }
}
