package dev.sluice.examples.ticket;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words alone, in lower case: without markup, addresses, numbers and punctuation. */
@Actor(value = "cleaner", idempotent = true, description = "batched: a text's words alone, in lower case")
public class Cleaner {

    private static final Pattern NO_WORDS = Pattern.compile("(?:<[^>]{0,200}>|\\S+@\\S+|https?://\\S+|[^\\p{L}'])+");

    @BatchedInput(maxBatchSize = 64)
    public String[] call(String[] texts) {
        return Arrays.stream(texts)
                .map(text -> NO_WORDS.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
