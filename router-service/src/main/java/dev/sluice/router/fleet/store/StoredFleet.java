package dev.sluice.router.fleet.store;

import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a store holds, as it is in its file.
 *
 * @param format of the file
 * @param id of the store
 * @param revision the last that was given
 * @param entries by key
 */
record StoredFleet(int format, String id, long revision, Map<String, Entry> entries) {

    private static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    StoredFleet {
        entries = Map.copyOf(entries);
    }

    static StoredFleet fresh() {
        return new StoredFleet(FORMAT, StoreId.fresh(), 0, Map.of());
    }

    long revisionOf(String key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : entry.revision();
    }

    StoredFleet with(String key, @Nullable String json) {
        Map<String, Entry> changed = new TreeMap<>(entries);
        changed.put(key, new Entry(revision + 1, json));
        return new StoredFleet(format, id, revision + 1, changed);
    }

    StoredFleet renewed() {
        return new StoredFleet(format, StoreId.renewed(id), revision, entries);
    }

    byte[] bytes() {
        return MAPPER.writeValueAsBytes(new StoredFleet(format, id, revision, new TreeMap<>(entries)));
    }

    /** @throws Damaged where the bytes are something else */
    static StoredFleet of(byte[] bytes) {
        StoredFleet read;
        try {
            read = MAPPER.readValue(bytes, StoredFleet.class);
        } catch (JacksonException e) {
            throw new Damaged(e.getOriginalMessage());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Damaged("a member is missing");
        }
        if (read == null) {
            throw new Damaged("it is empty");
        }
        if (read.format != FORMAT) {
            throw new Damaged("its format is " + read.format + ", and this router reads " + FORMAT);
        }
        if (read.id == null || read.id.isBlank()) {
            throw new Damaged("it has no id");
        }
        long revisions = read.entries.values().stream()
                .mapToLong(Entry::revision)
                .filter(revision -> revision >= 1 && revision <= read.revision)
                .distinct()
                .count();
        if (revisions != read.entries.size()) {
            throw new Damaged("its revisions contradict each other");
        }
        return read;
    }

    /** These bytes were never written here. */
    static final class Damaged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message, null, false, false);
        }
    }
}
