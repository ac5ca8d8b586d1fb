package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;

/**
 * Where the modules are. The rules are written against it, so that the same rule can be held against the real classes
 * and against planted ones that have the same modules under another root.
 *
 * @param root the package that has a package for each module
 */
record Layout(String root) {

    /** The pattern of these modules' packages. */
    String[] modules(String... names) {
        return Stream.of(names).map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    /** The pattern of every package. */
    String everything() {
        return root + "..";
    }

    /** The feature a class belongs to, as module.feature; what lies directly in a module's package is one more feature. */
    String featureOf(JavaClass type) {
        String[] below = type.getPackageName().substring(root.length()).split("\\.", 4);
        if (below.length < 2) {
            return "";
        }
        return below.length == 2 ? below[1] : below[1] + "." + below[2];
    }
}
