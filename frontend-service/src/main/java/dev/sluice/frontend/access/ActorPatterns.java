package dev.sluice.frontend.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of actors, some with {@code *} for any number of characters. */
public final class ActorPatterns {

    public static final ActorPatterns ANY = new ActorPatterns(List.of("*"));
    public static final ActorPatterns NONE = new ActorPatterns(List.of());

    private final Set<String> names;
    private final List<String> globs;

    private ActorPatterns(Collection<String> patterns) {
        this.names = patterns.stream().filter(name -> name.indexOf('*') < 0).collect(Collectors.toUnmodifiableSet());
        this.globs = patterns.stream().filter(name -> name.indexOf('*') >= 0).toList();
    }

    public static ActorPatterns of(Collection<String> patterns) {
        return patterns.contains("*") ? ANY : new ActorPatterns(patterns);
    }

    public boolean match(String name) {
        if (this == ANY || names.contains(name)) {
            return true;
        }
        for (String glob : globs) {
            if (matches(glob, name)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last star only, so that no pattern takes longer than both lengths multiplied. */
    private static boolean matches(String glob, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < glob.length() && glob.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
